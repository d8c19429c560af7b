package io.tracegram.runtime.factor;

import io.tracegram.ledger.emission.IntensitySeries.Slot;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads {@code datetime_utc,gco2e_per_kwh[,is_estimated]}, one slot a line, line by line.
 * Single-threaded, used once.
 */
final class CsvIntensity {
  private static final List<String> COLUMNS =
      List.of("datetime_utc", "gco2e_per_kwh", "is_estimated");
  private static final int MAX_LINE_BYTES = 200;

  private final InputStream in;
  private final byte[] buffer = new byte[MAX_LINE_BYTES];
  private final Faults faults = new Faults();
  private final SlotCollector slots = new SlotCollector(faults, OptionalLong.empty());
  private long line;

  private CsvIntensity(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /**
   * Returns the slots, or why not.
   *
   * @throws IOException if the bytes cannot be read to their end
   */
  static IntensityReading read(InputStream in) throws IOException {
    return new CsvIntensity(in).read();
  }

  private IntensityReading read() throws IOException {
    String header = next().orElse("");
    int columns = header.split(",", -1).length;
    if (faults.isEmpty()) {
      wrongHeader(header, columns).ifPresent(reason -> faults.add(1, reason));
    }
    if (!faults.isEmpty()) {
      return faults.refused();
    }
    for (Optional<String> row = next(); !faults.isFull(); row = next()) {
      if (row.isEmpty()) {
        break;
      }
      try {
        row(row.get(), columns);
      } catch (IllegalArgumentException e) {
        faults.add(line, String.valueOf(e.getMessage()));
      }
    }
    return slots.finish(OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  private static Optional<String> wrongHeader(String header, int columns) {
    String expected = "the first line must be datetime_utc,gco2e_per_kwh[,is_estimated]";
    if (header.startsWith("\u00EF\u00BB\u00BF")) {
      return Optional.of("starts with a byte order mark: save it as UTF-8 without BOM");
    }
    if (MarginalSignal.isNamedIn(header)) {
      return Optional.of(MarginalSignal.REASON);
    }
    List<String> names = List.of(header.replace(", ", ",").split(",", -1));
    if (columns < 2 || columns > 3 || !names.equals(COLUMNS.subList(0, columns))) {
      return Optional.of(expected + ", not " + Written.shown(header));
    }
    return Optional.empty();
  }

  private void row(String row, int columns) {
    if (row.indexOf('"') >= 0) {
      throw new IllegalArgumentException("there are quotes: write the values without");
    }
    String[] cells = row.replace(", ", ",").split(",", -1);
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "there are "
              + cells.length
              + " values under "
              + columns
              + " columns"
              + (cells.length > columns ? "; a decimal comma? write a point" : ""));
    }
    long start = Written.start(cells[0]);
    boolean estimated = columns == 3 && flag(cells[2]);
    slots.add(line, new Slot(start, Written.nanograms(cells[1]), estimated));
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "is_estimated must be true or false, not " + Written.shown(text));
    };
  }

  /** Returns the next line without its end; empty at the end, or if nothing can be made of it. */
  private Optional<String> next() throws IOException {
    int length = 0;
    int read = in.read();
    if (read < 0) {
      return Optional.empty();
    }
    line++;
    for (; read >= 0 && read != '\n'; read = in.read()) {
      if (length == MAX_LINE_BYTES) {
        faults.add(line, "the line is longer than " + MAX_LINE_BYTES + " bytes");
        return Optional.empty();
      }
      buffer[length++] = (byte) read;
    }
    if (length > 0 && buffer[length - 1] == '\r') {
      faults.add(line, "the line ends with CR LF: save the file with LF alone");
      return Optional.empty();
    }
    return Optional.of(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
  }
}
