package io.tracegram.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an edge agent reads and where it delivers. Immutable; all references resolve.
 *
 * @param agent one of the plant's agents
 * @param reads ids of the devices it reads, in the order of the plant file
 * @param data directory of its outbox and keys
 * @param broker where it publishes
 * @param gatewayKey public key file that verifies receipts; may not exist before the gateway ran
 * @param plantClock server of simulated plant time, empty for the system's clock
 * @param poll plant time between two polls of a device; a plant clock's tick decides instead
 * @param flush when collected readings become a statement
 * @param coap where it listens for meters that push
 * @param simulatedPins where lines say that pins have pulses, empty for the pins of the machine
 */
public record AgentFile(
    Path file,
    String agent,
    PlantFile plant,
    List<String> reads,
    Path data,
    HostPort broker,
    Path gatewayKey,
    Optional<HostPort> plantClock,
    Duration poll,
    Flush flush,
    CoapService coap,
    Optional<HostPort> simulatedPins) {
  static final Set<String> KEYS =
      Set.of(
          "agent",
          "plant",
          "reads",
          "data",
          "broker",
          "gatewayKey",
          "clock",
          "poll",
          "flush",
          "coap",
          "gpio");

  /**
   * A statement is made when either is reached.
   *
   * @param readings number of readings, range [1, 1000]
   * @param after system time since the first of them
   */
  public record Flush(int readings, Duration after) {}

  private static final Flush DEFAULT_FLUSH = new Flush(60, Duration.ofSeconds(1));

  public AgentFile {
    reads = List.copyOf(reads);
  }

  /** Reads {@code agent.yaml} with the plant file it names. */
  public static Loaded<AgentFile> load(Path file, ProfileCatalog profiles) {
    return Loaded.of(
        diagnostics -> YamlReader.read(file, diagnostics).flatMap(yaml -> read(yaml, profiles)));
  }

  static Optional<AgentFile> read(YamlMap yaml, ProfileCatalog profiles) {
    int errorsBefore = yaml.diagnostics().errorCount();
    String agent = yaml.id("agent");
    Optional<PlantFile> plant = plant(yaml, profiles);
    List<YamlText> wanted = yaml.optionalList("reads").texts();
    List<String> reads =
        plant.map(known -> reads(yaml, known.deviceIds(), wanted)).orElse(List.of());
    plant.ifPresent(known -> declared(yaml, "agent", agent, known));
    Path data = yaml.path("data");
    HostPort broker = yaml.address("broker");
    Path gatewayKey = yaml.path("gatewayKey");
    Optional<HostPort> plantClock = yaml.optionalMap("clock").map(AgentFile::clock);
    Duration poll = yaml.duration("poll", Duration.ofSeconds(10));
    if (poll.compareTo(Duration.ofSeconds(1)) < 0 || poll.compareTo(Duration.ofMinutes(15)) > 0) {
      yaml.error("poll", "bad-value", "'poll' must be from 1s to 15m");
    }
    Flush flush = yaml.optionalMap("flush").map(AgentFile::flush).orElse(DEFAULT_FLUSH);
    CoapService coap = yaml.optionalMap("coap").map(CoapService::read).orElse(CoapService.LOOPBACK);
    Optional<HostPort> simulatedPins = PinReader.simulated(yaml);
    plant.ifPresent(known -> PinReader.unique(yaml, known, reads));
    yaml.close();
    Optional<AgentFile> agentFile =
        plant.map(
            known ->
                new AgentFile(
                    yaml.file(),
                    agent,
                    known,
                    reads,
                    data,
                    broker,
                    gatewayKey,
                    plantClock,
                    poll,
                    flush,
                    coap,
                    simulatedPins));
    agentFile.ifPresent(read -> CoapService.check(yaml, read));
    return yaml.diagnostics().errorCount() > errorsBefore ? Optional.empty() : agentFile;
  }

  /** Reads the plant file that another file names. */
  static Optional<PlantFile> plant(YamlMap yaml, ProfileCatalog profiles) {
    int errorsBefore = yaml.diagnostics().errorCount();
    Path file = yaml.path("plant");
    return yaml.diagnostics().errorCount() > errorsBefore
        ? Optional.empty()
        : PlantFile.read(file, profiles, yaml.diagnostics());
  }

  /** Reports an agent that the plant does not list. */
  static void declared(YamlMap yaml, String key, String agent, PlantFile plant) {
    List<String> agents = plant.model().agents();
    if (!agent.isEmpty() && !agents.contains(agent)) {
      yaml.error(
          key,
          "unknown-agent",
          "'" + agent + "' is not an agent of " + plant.file() + Suggestion.clause(agent, agents));
    }
  }

  private static List<String> reads(YamlMap yaml, List<String> devices, List<YamlText> wanted) {
    if (!yaml.has("reads")) {
      return devices;
    }
    List<String> reads = new ArrayList<>();
    for (YamlText device : wanted) {
      if (!devices.contains(device.text())) {
        yaml.diagnostics()
            .error(
                yaml.file(),
                device.line(),
                "unknown-device",
                "the plant has no device '"
                    + device.text()
                    + "'"
                    + Suggestion.clause(device.text(), devices));
      }
      reads.add(device.text());
    }
    return devices.stream().filter(reads::contains).toList();
  }

  private static HostPort clock(YamlMap clock) {
    HostPort address = clock.address("plant");
    clock.close();
    return address;
  }

  private static Flush flush(YamlMap flush) {
    Flush read =
        new Flush(
            (int) flush.integer("readings", 1, 1_000, DEFAULT_FLUSH.readings()),
            flush.duration("after", DEFAULT_FLUSH.after()));
    if (read.after().isZero() || read.after().compareTo(Duration.ofMinutes(1)) > 0) {
      flush.error("after", "bad-value", "'after' must be above 0 and at most 1m");
    }
    flush.close();
    return read;
  }
}
