package io.tracegram.runtime.config;

import io.tracegram.ledger.plant.PlantModel.Scanner;
import java.time.Duration;
import java.util.Optional;

/** Reads where a portal stands, and what passing it means. Stateless. */
final class PortalReader {
  private static final Duration VISIT = Duration.ofMinutes(5);

  private PortalReader() {}

  /** Reads all but the address. */
  static Scanner read(YamlMap yaml, String id, References workstations) {
    String workstation = yaml.text("workstation");
    workstations.require(yaml, "workstation", workstation);
    Scanner.Step step = yaml.oneOf("step", Scanner.Step.class);
    switch (step) {
      case OUTPUT, SCRAP, FILL, DRAW ->
          yaml.error(
              "step",
              "bad-value",
              "a portal does not weigh: give this step a scanner with a scale");
      case RECEIVE, INPUT, SHIP, PACK, UNPACK -> {
        // what still needs a weight is refused when it passes
      }
    }
    return new Scanner(id, workstation, step, Optional.empty(), destination(yaml, step, "portal"));
  }

  /** Reads how long a tag must be away, so that it comes anew. */
  static Duration visit(YamlMap yaml) {
    Duration visit = yaml.duration("visit", VISIT);
    if (visit.compareTo(Duration.ofSeconds(1)) < 0 || visit.compareTo(Duration.ofDays(1)) > 0) {
      yaml.error("visit", "bad-value", "'visit' must be from 1s to 24h");
    }
    return visit;
  }

  /** Reads where it goes from a dock, and only from there. */
  static Optional<String> destination(YamlMap yaml, Scanner.Step step, String device) {
    Optional<String> destination = yaml.optionalText("destination");
    if (step == Scanner.Step.SHIP && destination.isEmpty()) {
      yaml.error("step", "missing-key", "a " + device + " that ships needs a 'destination'");
    } else if (step != Scanner.Step.SHIP && destination.isPresent()) {
      yaml.error(
          "destination", "bad-value", "only a " + device + " that ships has a 'destination'");
    }
    return destination;
  }
}
