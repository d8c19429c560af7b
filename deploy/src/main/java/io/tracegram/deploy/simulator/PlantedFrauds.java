package io.tracegram.deploy.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * Notes the frauds of a simulation, a line of CSV each, so that whoever runs it can see whether all
 * were found. Single-threaded.
 */
final class PlantedFrauds {
  /** The columns; the lot in the form {@code 01/{gtin}/10/{lot}}, the code of the exception. */
  static final String HEADER = "plant_time,facility,scanner,lot,code";

  private final Path file;

  PlantedFrauds(Path file) throws IOException {
    this.file = file;
    Files.writeString(file, HEADER + "\n");
  }

  void planted(long millis, String facility, String scanner, Goods goods, Fraud fraud) {
    String line =
        String.join(
            ",",
            Instant.ofEpochMilli(millis).toString(),
            facility,
            scanner,
            goods.lot().path(),
            fraud.code());
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
