package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.FactorSet;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.history.HistoryForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A facility and how its devices are reached. Immutable; all references resolve.
 *
 * @param file where it was read, for messages
 * @param model the facility as the accounts know it
 * @param history how files of its past are written
 * @param factorSets those that its factors are named of
 */
public record PlantFile(
    Path file,
    PlantModel model,
    List<MeterConnection> meters,
    List<ScaleConnection> scales,
    List<ScannerConnection> scanners,
    List<PortalConnection> portals,
    HistoryForm history,
    List<FactorSet> factorSets) {
  static final Set<String> KEYS =
      Set.of(
          "facility",
          "agents",
          "grid",
          "carriers",
          "cogeneration",
          "factors",
          "import",
          "buses",
          "workstations",
          "meters",
          "scales",
          "scanners",
          "portals",
          "materials",
          "transport",
          "profiles");

  public PlantFile {
    meters = List.copyOf(meters);
    scales = List.copyOf(scales);
    scanners = List.copyOf(scanners);
    portals = List.copyOf(portals);
    factorSets = List.copyOf(factorSets);
  }

  /**
   * Reads {@code plant.yaml}.
   *
   * @param profiles those that the plant may name besides the ones in its own {@code profiles}
   *     directory
   */
  public static Loaded<PlantFile> load(Path file, ProfileCatalog profiles) {
    return Loaded.of(diagnostics -> read(file, profiles, diagnostics));
  }

  static Optional<PlantFile> read(Path file, ProfileCatalog profiles, Diagnostics diagnostics) {
    return YamlReader.read(file, diagnostics).flatMap(yaml -> read(yaml, profiles));
  }

  static Optional<PlantFile> read(YamlMap yaml, ProfileCatalog profiles) {
    return new PlantReader(yaml, profiles).read();
  }

  /** Returns the ids of all devices: meters, scales, scanners, portals. */
  public List<String> deviceIds() {
    return Stream.of(
            meters.stream().map(MeterConnection::id),
            scales.stream().map(ScaleConnection::id),
            scanners.stream().map(ScannerConnection::id),
            portals.stream().map(PortalConnection::id))
        .flatMap(ids -> ids)
        .toList();
  }
}
