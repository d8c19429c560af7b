package io.tracegram.runtime.factor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.emission.IntensitySeries.Slot;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the half hours of Great Britain's Carbon Intensity API: {@code actual}, else the forecast
 * as an estimate, else nothing. Stateless.
 */
final class GbIntensity {
  private static final long STEP_MILLIS = 1_800_000;

  private GbIntensity() {}

  /**
   * Returns the slots, or why not.
   *
   * @throws IOException if the bytes cannot be read to their end
   */
  static IntensityReading read(InputStream in) throws IOException {
    Faults faults = new Faults();
    SlotCollector slots = new SlotCollector(faults, OptionalLong.of(STEP_MILLIS));
    Optional<ObjectNode> rest =
        JsonEntries.walk(in, Set.of("data"), faults, (line, entry) -> entry(line, entry, slots));
    rest.ifPresent(object -> checkRest(object, faults));
    return slots.finish(OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  private static void checkRest(ObjectNode rest, Faults faults) {
    if (MarginalSignal.isNamedIn(rest.path("meta").toString())) {
      faults.add(1, MarginalSignal.REASON);
    } else if (!rest.path("data").isArray()) {
      faults.add(1, "'data' must be a list of half hours, {\"data\":[{\"from\":…}]}");
    }
  }

  private static void entry(long line, JsonNode entry, SlotCollector slots) {
    if (entry.has("point_time") || entry.path("intensity").has("marginal")) {
      throw new IllegalArgumentException(MarginalSignal.REASON);
    }
    long from = Written.start(JsonEntries.text(entry, "from"));
    long to = Written.start(JsonEntries.text(entry, "to"));
    if (to - from != STEP_MILLIS) {
      throw new IllegalArgumentException(
          "from "
              + Written.shown(entry.path("from").asText())
              + " to "
              + Written.shown(entry.path("to").asText())
              + " is not half an hour");
    }
    JsonNode intensity = entry.path("intensity");
    if (!intensity.isObject()) {
      throw new IllegalArgumentException("'intensity' must hold forecast and actual");
    }
    Optional<Long> actual = JsonEntries.nanograms(intensity, "actual");
    Optional<Long> forecast =
        intensity.has("forecast") || actual.isEmpty()
            ? JsonEntries.nanograms(intensity, "forecast")
            : Optional.empty();
    actual
        .or(() -> forecast)
        .ifPresentOrElse(
            nanograms -> slots.add(line, new Slot(from, nanograms, actual.isEmpty())),
            () -> slots.addUnknown(line, from));
  }
}
