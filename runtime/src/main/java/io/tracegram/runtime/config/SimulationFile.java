package io.tracegram.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which plants are simulated, and how plant time runs. Immutable; all references resolve; all
 * addresses are loopback.
 *
 * @param until plant time of the end, if it ends by itself
 * @param cycle plant time from one round of a scenario to the next; empty if it is not given
 * @param frauds where planted frauds are written; empty for honest floors
 */
public record SimulationFile(
    Path file,
    Clock clock,
    Optional<Instant> until,
    Optional<Duration> cycle,
    Optional<Path> frauds,
    List<Plant> plants) {
  static final Set<String> KEYS = Set.of("clock", "until", "status", "cycle", "frauds", "plants");

  /**
   * Plant time.
   *
   * @param listen where agents ask for it
   * @param start of plant time; a replay starts at its own first slot instead
   * @param tick plant time between ticks; a replay ticks every 15 minutes instead
   * @param speed plant time per system time; empty for as fast as the agents follow
   */
  public record Clock(HostPort listen, Instant start, Duration tick, OptionalInt speed) {}

  /**
   * A plant whose devices are simulated.
   *
   * @param agent that reads them: time waits for it
   * @param load by meter id
   * @param pins where the agent's simulated pins are moved, if a meter has a pulse output
   */
  public record Plant(
      PlantFile plant,
      String agent,
      Map<String, Load> load,
      Optional<Replay> replay,
      Optional<Scenario> scenario,
      Optional<HostPort> pins) {
    public Plant {
      load = Map.copyOf(load);
    }
  }

  /**
   * The power of a meter. The root's is what no other meter measures; its total is the sum of all.
   *
   * @param baseWatts always
   * @param workstationWatts besides, at a workstation's meter while a lot is worked on there
   */
  public record Load(long baseWatts, Map<String, Long> workstationWatts) {
    public Load {
      workstationWatts = Map.copyOf(workstationWatts);
    }
  }

  /**
   * Energy taken from a file instead of a load.
   *
   * @param meter the root meter
   * @param sharePercent of the other meters, each of the meter above it; one not named stands
   *     still; if none is given, 60 at a workstation and 10 elsewhere
   */
  public record Replay(Path file, String meter, Map<String, Integer> sharePercent) {
    public Replay {
      sharePercent = Map.copyOf(sharePercent);
    }
  }

  /** What the simulated operator does. */
  public enum Scenario {
    /** Receives cobalt hydroxide, makes cobalt sulphate, ships it. */
    REFINERY,
    /** Receives the shipped sulphate and a kit, makes a battery pack. */
    CELL_PLANT
  }

  public SimulationFile {
    plants = List.copyOf(plants);
  }

  /** Reads {@code simulate.yaml} with the plant files it names. */
  public static Loaded<SimulationFile> load(Path file, ProfileCatalog profiles) {
    return Loaded.of(
        diagnostics -> YamlReader.read(file, diagnostics).flatMap(yaml -> read(yaml, profiles)));
  }

  static Optional<SimulationFile> read(YamlMap yaml, ProfileCatalog profiles) {
    return new SimulationReader(yaml, profiles).read();
  }
}
