package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.FactorSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The factor sets that plants may name, by id. Immutable and thread-safe. */
final class FactorCatalog {
  private static final int MAX_SETS = 1_000;

  private final Map<String, FactorSet> sets;
  private final List<Diagnostic> diagnostics;

  private FactorCatalog(Map<String, FactorSet> sets, List<Diagnostic> diagnostics) {
    this.sets = Map.copyOf(sets);
    this.diagnostics = List.copyOf(diagnostics);
  }

  /**
   * Reads the sets in a directory; two of one id are a problem.
   *
   * @throws UncheckedIOException if the directory cannot be listed
   */
  static FactorCatalog of(Path directory) {
    Diagnostics diagnostics = new Diagnostics();
    Map<String, FactorSet> sets = new TreeMap<>();
    for (Path file : yamlFiles(directory)) {
      Optional<FactorSet> read =
          YamlReader.read(file, diagnostics).flatMap(FactorSetFile::read).map(FactorSetFile::set);
      if (read.isPresent() && sets.putIfAbsent(read.get().id(), read.get()) != null) {
        diagnostics.error(
            file, 1, "duplicate-id", "'" + read.get().id() + "' is another file's id already");
      }
    }
    return new FactorCatalog(sets, diagnostics.list());
  }

  /** Reads the sets that come with the program, from the {@code device-configs} resources. */
  static FactorCatalog bundled() {
    URL resource = FactorCatalog.class.getResource("/factors");
    if (resource == null) {
      return new FactorCatalog(Map.of(), List.of());
    }
    try {
      URI uri = resource.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return of(Path.of(uri));
      }
      URI jar = URI.create(uri.getRawSchemeSpecificPart().replaceFirst("!.*$", ""));
      try (FileSystem inside = FileSystems.newFileSystem(Path.of(jar))) {
        return of(inside.getPath("/factors"));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no path: " + resource, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  /** Returns a catalog with the sets of another added; the other's win over these. */
  FactorCatalog with(FactorCatalog other) {
    Map<String, FactorSet> all = new TreeMap<>(sets);
    all.putAll(other.sets);
    List<Diagnostic> problems = new ArrayList<>(diagnostics);
    problems.addAll(other.diagnostics);
    return new FactorCatalog(all, problems);
  }

  Optional<FactorSet> find(String id) {
    return Optional.ofNullable(sets.get(id));
  }

  Set<String> ids() {
    return new TreeSet<>(sets.keySet());
  }

  /** Returns what is wrong with the files. */
  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  private static List<Path> yamlFiles(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches(".*\\.ya?ml"))
          .limit(MAX_SETS)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list factor sets in " + directory, e);
    }
  }
}
