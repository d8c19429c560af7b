package io.tracegram.runtime.config;

import io.tracegram.ledger.quantity.Energy;
import io.tracegram.runtime.factor.GenerationReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/** Reads files of a generator's hours, and reports what is wrong with them. Stateless. */
final class GenerationCheck {
  private GenerationCheck() {}

  /** Says whether a file is one of hours, going by how it begins. */
  static boolean isOne(String beginning) {
    return beginning.startsWith(GenerationReading.FIRST_COLUMN);
  }

  /** Returns the hours, empty if a problem was reported. */
  static Optional<SortedMap<Long, Energy>> read(Path file, Diagnostics diagnostics) {
    if (!Files.isRegularFile(file)) {
      diagnostics.error(file, 0, "unreadable", "there is no such file");
      return Optional.empty();
    }
    try {
      return switch (GenerationReading.of(file)) {
        case GenerationReading.Read read -> Optional.of(read.hours());
        case GenerationReading.Refused refused -> {
          refused
              .faults()
              .forEach(
                  fault ->
                      diagnostics.error(
                          file, Math.toIntExact(fault.line()), "bad-generation", fault.reason()));
          yield Optional.empty();
        }
      };
    } catch (IOException e) {
      diagnostics.error(file, 0, "unreadable", "cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }
}
