package io.tracegram.runtime.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came out of reading a configuration. Immutable.
 *
 * @param value present if and only if no diagnostic is an error
 * @param diagnostics all problems of all files read, ordered by file and line
 */
public record Loaded<T>(Optional<T> value, List<Diagnostic> diagnostics) {
  public Loaded {
    diagnostics = List.copyOf(diagnostics);
  }

  /** Reads something into a fresh collector. */
  static <T> Loaded<T> of(Reading<T> reading) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<T> value = reading.read(diagnostics);
    return new Loaded<>(value, diagnostics.list());
  }

  /** Reads a record, reporting what is wrong with it; empty if anything is. */
  interface Reading<T> {
    Optional<T> read(Diagnostics diagnostics);
  }

  /**
   * Returns the value.
   *
   * @throws ConfigurationException listing every problem, if there is none
   */
  public T orThrow() {
    return value.orElseThrow(
        () ->
            new ConfigurationException(
                diagnostics.stream()
                    .map(Diagnostic::toString)
                    .collect(Collectors.joining(System.lineSeparator()))));
  }
}
