package io.tracegram.runtime.config;

import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.config.SimulationFile.Clock;
import io.tracegram.runtime.config.SimulationFile.Load;
import io.tracegram.runtime.config.SimulationFile.Plant;
import io.tracegram.runtime.config.SimulationFile.Replay;
import io.tracegram.runtime.config.SimulationFile.Scenario;
import io.tracegram.runtime.profile.CoapProfile;
import io.tracegram.runtime.profile.ScaleProfile;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the keys of a simulation file. Single-threaded, used once. */
final class SimulationReader {
  private static final int MAX_SPEED = 100_000;
  private static final BigDecimal MAX_KILOWATTS = BigDecimal.valueOf(10_000_000);

  private static final Set<String> LOOPBACK = Set.of("localhost", "::1");

  private final YamlMap yaml;
  private final ProfileCatalog profiles;

  private enum Noise {
    NONE
  }

  SimulationReader(YamlMap yaml, ProfileCatalog profiles) {
    this.yaml = yaml;
    this.profiles = profiles;
  }

  /** Returns the simulation, empty if a problem was reported. */
  Optional<SimulationFile> read() {
    int errorsBefore = yaml.diagnostics().errorCount();
    Optional<Clock> clock = yaml.map("clock").map(this::clock);
    Optional<Instant> until = yaml.optionalValue("until", Scalars::instant);
    Optional<Duration> cycle = yaml.optionalValue("cycle", Scalars::duration);
    if (cycle.isPresent() && cycle.get().compareTo(Duration.ofHours(1)) < 0) {
      yaml.error("cycle", "bad-value", "'cycle' must be at least 60m: a round takes 43 minutes");
    }
    Optional<Path> frauds = yaml.optionalPath("frauds");
    yaml.optionalMap("status").ifPresent(YamlMap::close);
    List<Plant> plants = new ArrayList<>();
    for (YamlMap plant : yaml.list("plants").maps()) {
      plant(plant).ifPresent(plants::add);
      plant.close();
    }
    yaml.close();
    if (yaml.diagnostics().errorCount() > errorsBefore) {
      return Optional.empty();
    }
    return clock.map(read -> new SimulationFile(yaml.file(), read, until, cycle, frauds, plants));
  }

  private Clock clock(YamlMap clock) {
    HostPort listen = clock.hostPort("listen");
    loopback(clock, "listen", listen);
    Instant start = clock.instant("start");
    Duration tick = clock.duration("tick", Duration.ofMinutes(1));
    if (tick.compareTo(Duration.ofSeconds(1)) < 0 || tick.compareTo(Duration.ofMinutes(15)) > 0) {
      clock.error("tick", "bad-value", "'tick' must be from 1s to 15m");
    }
    OptionalInt speed = clock.value("speed", SimulationReader::speed, OptionalInt.empty());
    clock.close();
    return new Clock(listen, start, tick, speed);
  }

  private static OptionalInt speed(String text) {
    return text.equals("max")
        ? OptionalInt.empty()
        : OptionalInt.of((int) Scalars.integer(text, 1, MAX_SPEED));
  }

  private Optional<Plant> plant(YamlMap yaml) {
    Optional<PlantFile> read = AgentFile.plant(yaml, profiles);
    String agent = yaml.id("agent");
    Optional<YamlMap> load = yaml.optionalMap("load");
    Optional<YamlMap> replay = yaml.optionalMap("replay");
    Optional<Scenario> scenario =
        yaml.optionalValue(
            "scenario", text -> Scalars.oneOf(text, Scalars.choices(Scenario.class)));
    if (read.isEmpty()) {
      return Optional.empty();
    }
    PlantFile plant = read.get();
    AgentFile.declared(yaml, "agent", agent, plant);
    addresses(plant).forEach(address -> loopback(yaml, "plant", address));
    Optional<HostPort> pins = pins(yaml, plant);
    for (MeterConnection meter : plant.meters()) {
      simulated(yaml, meter);
    }
    for (ScaleConnection scale : plant.scales()) {
      if (scale.profile().protocol() != ScaleProfile.Protocol.MT_SICS
          || address(scale.line()).isEmpty()) {
        yaml.error(
            "plant",
            "not-simulated",
            "the scale '" + scale.id() + "' is not simulated: only MT-SICS over tcp:// is");
      }
    }
    if (!plant.model().simulated()) {
      yaml.error("plant", "not-simulated", plant.file() + " must say 'simulated: true'");
    }
    Map<String, Load> loads = load.map(map -> loads(map, plant.model())).orElse(Map.of());
    return Optional.of(
        new Plant(
            plant, agent, loads, replay.map(map -> replay(map, plant.model())), scenario, pins));
  }

  private static Optional<HostPort> pins(YamlMap yaml, PlantFile plant) {
    Optional<HostPort> pins = yaml.optionalValue("pins", Scalars::tcpAddress);
    pins.ifPresent(address -> loopback(yaml, "pins", address));
    if (pins.isEmpty()
        && plant.meters().stream()
            .anyMatch(meter -> meter.access() instanceof MeterAccess.Pulses)) {
      yaml.error(
          "plant",
          "missing-key",
          "a meter has a pulse output: give 'pins' the address that the agent's 'gpio' has");
    }
    return pins;
  }

  private static void refused(YamlMap yaml, String kind, MeterConnection meter) {
    yaml.error("plant", "not-simulated", kind + " is not simulated: " + meter.id());
  }

  private static void simulated(YamlMap yaml, MeterConnection meter) {
    switch (meter.access()) {
      case MeterAccess.ModbusTcp tcp when tcp.profile().registers().isEmpty() ->
          refused(yaml, "a SunSpec meter", meter);
      case MeterAccess.ModbusRtu rtu when rtu.profile().registers().isEmpty() ->
          refused(yaml, "a SunSpec meter", meter);
      case MeterAccess.Sml sml -> refused(yaml, "an SML meter", meter);
      case MeterAccess.Pulses pulses -> {
        // it has no address of its own
      }
      case MeterAccess.Coap coap -> {
        if (isUnheard(coap)) {
          yaml.error(
              "plant",
              "not-simulated",
              "over CoAP, meters are simulated that are polled without DTLS");
        }
      }
      case MeterAccess.ModbusTcp _, MeterAccess.ModbusRtu _, MeterAccess.MBus _ -> {
        if (address(meter).isEmpty()) {
          yaml.error(
              "plant",
              "not-loopback",
              "a serial line is not simulated: give its bus a tcp:// address");
        }
      }
    }
  }

  private static Map<String, Load> loads(YamlMap yaml, PlantModel plant) {
    Map<String, Load> loads = new LinkedHashMap<>();
    yaml.oneOf("noise", Noise.class, Noise.NONE);
    for (PlantModel.Meter meter : plant.meters()) {
      yaml.optionalMap(meter.id()).ifPresent(map -> loads.put(meter.id(), load(map, plant)));
    }
    yaml.close();
    return loads;
  }

  private static Load load(YamlMap yaml, PlantModel plant) {
    Map<String, Long> workstations = new LinkedHashMap<>();
    yaml.optionalMap("perWorkstationKw")
        .ifPresent(
            map -> {
              for (PlantModel.Workstation station : plant.workstations()) {
                if (map.has(station.id())) {
                  workstations.put(station.id(), watts(map, station.id()));
                }
              }
              map.close();
            });
    Load load = new Load(yaml.has("baseKw") ? watts(yaml, "baseKw") : 0, workstations);
    yaml.close();
    return load;
  }

  private static long watts(YamlMap yaml, String key) {
    BigDecimal kilowatts = yaml.decimal(key);
    BigDecimal watts = kilowatts.movePointRight(3).stripTrailingZeros();
    if (kilowatts.signum() < 0 || kilowatts.compareTo(MAX_KILOWATTS) > 0 || watts.scale() > 0) {
      yaml.error(key, "bad-value", "'" + key + "' must be 0 or more kW, in whole watts");
      return 0;
    }
    return watts.longValueExact();
  }

  private static Replay replay(YamlMap yaml, PlantModel plant) {
    Replay replay = new Replay(yaml.path("file"), yaml.id("meter"), shares(yaml, plant));
    if (yaml.has("file") && !Files.isReadable(replay.file())) {
      yaml.error("file", "unreadable", "there is no readable file " + replay.file());
    }
    String root = plant.gridMeter().id();
    if (!replay.meter().equals(root)) {
      yaml.error("meter", "bad-value", "a replay drives the root meter, '" + root + "'");
    }
    yaml.close();
    return replay;
  }

  private static Map<String, Integer> shares(YamlMap yaml, PlantModel plant) {
    Map<String, Integer> shares = new LinkedHashMap<>();
    Optional<YamlMap> declared = yaml.optionalMap("sharePercent");
    for (PlantModel.Meter meter : plant.meters()) {
      if (meter.parent().isPresent() && declared.isEmpty()) {
        shares.put(meter.id(), meter.workstation().isPresent() ? 60 : 10);
      } else if (meter.parent().isPresent() && declared.get().has(meter.id())) {
        shares.put(meter.id(), (int) declared.get().integer(meter.id(), 0, 100));
      }
    }
    declared.ifPresent(YamlMap::close);
    for (PlantModel.Meter above : plant.meters()) {
      int total =
          plant.meters().stream()
              .filter(meter -> meter.parent().filter(above.id()::equals).isPresent())
              .mapToInt(meter -> shares.getOrDefault(meter.id(), 0))
              .sum();
      if (total > 100) {
        yaml.error(
            "sharePercent",
            "bad-value",
            "'sharePercent' of the meters below '" + above.id() + "' is " + total + ", above 100");
      }
    }
    return shares;
  }

  private static Set<HostPort> addresses(PlantFile plant) {
    return Stream.of(
            plant.meters().stream().flatMap(meter -> address(meter).stream()),
            plant.scales().stream().flatMap(scale -> address(scale.line()).stream()),
            plant.scanners().stream().map(ScannerConnection::address))
        .flatMap(addresses -> addresses)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isUnheard(MeterAccess.Coap meter) {
    return meter.profile().mode() != CoapProfile.Mode.POLL
        || !(meter.security() instanceof CoapSecurity.None)
        || !(meter.peer() instanceof CoapPeer.Serves);
  }

  /** Returns where a meter listens, empty on a serial line, at a pin, or if it pushes. */
  private static Optional<HostPort> address(MeterConnection meter) {
    return switch (meter.access()) {
      case MeterAccess.ModbusTcp tcp -> Optional.of(tcp.address());
      case MeterAccess.ModbusRtu rtu -> address(rtu.bus().line());
      case MeterAccess.MBus mbus -> address(mbus.bus().line());
      case MeterAccess.Coap coap ->
          coap.peer() instanceof CoapPeer.Serves(HostPort address, String path)
              ? Optional.of(address)
              : Optional.empty();
      case MeterAccess.Pulses pulses -> Optional.empty();
      case MeterAccess.Sml sml -> Optional.empty();
    };
  }

  private static Optional<HostPort> address(LineAddress line) {
    return switch (line) {
      case LineAddress.Tcp(HostPort address) -> Optional.of(address);
      case LineAddress.Serial serial -> Optional.empty();
    };
  }

  private static void loopback(YamlMap yaml, String key, HostPort address) {
    if (!LOOPBACK.contains(address.host()) && !address.host().startsWith("127.")) {
      yaml.error(key, "not-loopback", "simulated devices stay on 127.0.0.1, not " + address);
    }
  }
}
