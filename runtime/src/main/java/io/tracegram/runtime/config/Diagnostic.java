package io.tracegram.runtime.config;

import java.nio.file.Path;
import java.util.Locale;

/**
 * One problem in one file. Immutable.
 *
 * @param line from 1; 0 if the problem is the file itself
 * @param code stable, such as {@code unknown-key}
 * @param message what, with which value, and what to do next
 */
public record Diagnostic(Path file, int line, Severity severity, String code, String message) {
  /** How bad it is. */
  public enum Severity {
    /** Nothing starts with it. */
    ERROR,
    /** It works, but probably not as meant. */
    WARNING
  }

  /** Returns {@code plant.yaml:12: error[unknown-key] 'meterz' is not known here; …}. */
  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line : file.toString();
    return place + ": " + severity.name().toLowerCase(Locale.ROOT) + "[" + code + "] " + message;
  }
}
