package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.DeviceProfile;
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

/**
 * The device profiles that plants may name, by id {@code vendor/model}. Immutable and thread-safe.
 */
public final class ProfileCatalog {
  private static final int MAX_PROFILES = 5_000;

  private final Map<String, DeviceProfile> profiles;
  private final Set<String> refused;
  private final List<Diagnostic> diagnostics;

  private ProfileCatalog(
      Map<String, DeviceProfile> profiles, Set<String> refused, List<Diagnostic> diagnostics) {
    this.profiles = Map.copyOf(profiles);
    this.refused = Set.copyOf(refused);
    this.diagnostics = List.copyOf(diagnostics);
  }

  /**
   * Reads the profiles under a directory, {@code <vendor>/<model>.yaml}.
   *
   * @throws UncheckedIOException if the directory cannot be listed
   */
  public static ProfileCatalog of(Path root) {
    Diagnostics diagnostics = new Diagnostics();
    Map<String, DeviceProfile> profiles = new TreeMap<>();
    Set<String> refused = new TreeSet<>();
    for (Path file : yamlFiles(root)) {
      ProfileFile.read(file, diagnostics)
          .ifPresentOrElse(
              read -> profiles.put(read.profile().id(), read.profile()),
              () -> refused.add(ProfileFile.idOf(file)));
    }
    return new ProfileCatalog(profiles, refused, diagnostics.list());
  }

  /**
   * Reads the profiles that come with the program, from the {@code device-configs} resources.
   *
   * @throws IllegalStateException if they are not on the class path
   */
  public static ProfileCatalog bundled() {
    URL resource = ProfileCatalog.class.getResource("/profiles");
    if (resource == null) {
      throw new IllegalStateException("device-configs is not on the class path");
    }
    try {
      URI uri = resource.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return of(Path.of(uri));
      }
      URI jar = URI.create(uri.getRawSchemeSpecificPart().replaceFirst("!.*$", ""));
      try (FileSystem inside = FileSystems.newFileSystem(Path.of(jar))) {
        return of(inside.getPath("/profiles"));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no path: " + resource, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  /** Returns a catalog with the profiles of another added; the other's win over these. */
  public ProfileCatalog with(ProfileCatalog other) {
    Map<String, DeviceProfile> all = new TreeMap<>(profiles);
    all.putAll(other.profiles);
    Set<String> bad = new TreeSet<>(refused);
    bad.addAll(other.refused);
    List<Diagnostic> problems = new ArrayList<>(diagnostics);
    problems.addAll(other.diagnostics);
    return new ProfileCatalog(all, bad, problems);
  }

  public Optional<DeviceProfile> find(String id) {
    return Optional.ofNullable(profiles.get(id));
  }

  /** Says whether there is such a profile, but with errors. */
  boolean isRefused(String id) {
    return refused.contains(id) && !profiles.containsKey(id);
  }

  public Set<String> ids() {
    return new TreeSet<>(profiles.keySet());
  }

  /** Returns what is wrong with profiles in the catalog's directories. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  private static List<Path> yamlFiles(Path root) {
    try (Stream<Path> files = Files.walk(root, 2)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches(".*\\.ya?ml"))
          .limit(MAX_PROFILES)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list profiles in " + root, e);
    }
  }
}
