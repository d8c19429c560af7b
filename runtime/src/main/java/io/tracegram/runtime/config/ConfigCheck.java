package io.tracegram.runtime.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Checks configuration files of every kind, and files of intensities and of generation, which it
 * tells apart by their content. Single-threaded.
 */
public final class ConfigCheck {
  private static final int MAX_FILES = 10_000;
  private static final int MAX_DEPTH = 16;
  private static final List<Kind> KINDS =
      List.of(
          new Kind(PlantFile.KEYS, PlantFile::read),
          new Kind(AgentFile.KEYS, AgentFile::read),
          new Kind(GatewayFile.KEYS, GatewayFile::read),
          new Kind(CloudFile.KEYS, (yaml, profiles) -> CloudFile.read(yaml)),
          new Kind(WitnessFile.KEYS, (yaml, profiles) -> WitnessFile.read(yaml)),
          new Kind(SimulationFile.KEYS, SimulationFile::read),
          new Kind(ProfileFile.KEYS, (yaml, profiles) -> ProfileFile.read(yaml)),
          new Kind(RecordingFile.KEYS, (yaml, profiles) -> RecordingFile.read(yaml)),
          new Kind(FactorSetFile.KEYS, (yaml, profiles) -> FactorSetFile.read(yaml)),
          new Kind(
              InstrumentFile.KEYS,
              (yaml, profiles) -> InstrumentFile.read(yaml, Optional.empty())));

  private final ProfileCatalog profiles;
  private final Diagnostics diagnostics = new Diagnostics();

  /** A kind of file, with its top-level keys. */
  private record Kind(Set<String> keys, BiConsumer<YamlMap, ProfileCatalog> reader) {
    /** Returns how many of the keys are this kind's, counted more if few are missing. */
    double likeness(Set<String> present) {
      long common = present.stream().filter(keys::contains).count();
      return common + (double) common / (keys.size() + present.size());
    }
  }

  private ConfigCheck(ProfileCatalog profiles) {
    this.profiles = profiles;
  }

  /**
   * Checks files, and all files of ours under directories, with the profiles that come with the
   * program.
   *
   * @return all problems of all files, ordered by file and line; empty if there are none
   */
  public static List<Diagnostic> check(List<Path> paths) {
    return check(paths, ProfileCatalog.bundled());
  }

  /**
   * Checks files and directories.
   *
   * @param profiles those that plants may name
   * @throws UncheckedIOException if a directory cannot be listed
   */
  public static List<Diagnostic> check(List<Path> paths, ProfileCatalog profiles) {
    ConfigCheck check = new ConfigCheck(profiles);
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files(path).forEach(file -> check.file(file, false));
      } else {
        check.file(path.normalize(), true);
      }
    }
    return check.diagnostics.list();
  }

  /**
   * @param named whether the file itself was asked for, so that it must be ours
   */
  private void file(Path file, boolean named) {
    if (IntensityCheck.mayBe(file)) {
      IntensityCheck.file(file, named, diagnostics);
      return;
    }
    Optional<YamlMap> read = YamlReader.read(file, diagnostics);
    if (read.isEmpty()) {
      return;
    }
    YamlMap yaml = read.get();
    Optional<Kind> kind = kindOf(yaml.keys());
    if (kind.isEmpty()) {
      String message =
          "is none of plant, agent, gateway, cloud, witness, simulation, profile, factor set or"
              + " instruments";
      if (named) {
        diagnostics.error(file, 1, "unknown-kind", message);
      } else {
        diagnostics.warning(file, 1, "unknown-kind", message + ": skipped");
      }
      return;
    }
    kind.get().reader().accept(yaml, profiles);
  }

  private static Optional<Kind> kindOf(Set<String> keys) {
    return KINDS.stream()
        .filter(kind -> kind.likeness(keys) > 0)
        .max(Comparator.comparingDouble(kind -> kind.likeness(keys)));
  }

  private static boolean isYaml(Path file) {
    return file.toString().matches("(?s).*\\.ya?ml");
  }

  private static List<Path> files(Path directory) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          directory,
          Set.of(),
          MAX_DEPTH,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
              String name = String.valueOf(visited.getFileName());
              boolean skipped =
                  !visited.equals(directory) && (name.startsWith(".") || name.equals("target"));
              return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && (isYaml(file) || IntensityCheck.mayBe(file))) {
                files.add(file.normalize());
              }
              return files.size() < MAX_FILES
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.TERMINATE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
    files.sort(null);
    return files;
  }
}
