package io.tracegram.runtime.factor;

import io.tracegram.ledger.emission.IntensitySeries.Slot;
import java.io.IOException;
import java.io.InputStream;
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

  private final Faults faults = new Faults();
  private final SlotCollector slots = new SlotCollector(faults, OptionalLong.empty());
  private final CsvLines lines;

  private CsvIntensity(InputStream in) {
    lines = new CsvLines(in, faults);
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
    String header = lines.next().orElse("");
    int columns = header.split(",", -1).length;
    if (faults.isEmpty()) {
      wrongHeader(header, columns).ifPresent(reason -> faults.add(1, reason));
    }
    if (!faults.isEmpty()) {
      return faults.refused();
    }
    for (Optional<String> row = lines.next(); !faults.isFull(); row = lines.next()) {
      if (row.isEmpty()) {
        break;
      }
      try {
        row(row.get(), columns);
      } catch (IllegalArgumentException e) {
        faults.add(lines.number(), String.valueOf(e.getMessage()));
      }
    }
    return slots.finish(OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  private static Optional<String> wrongHeader(String header, int columns) {
    String expected = "the first line must be datetime_utc,gco2e_per_kwh[,is_estimated]";
    if (header.startsWith(CsvLines.BYTE_ORDER_MARK)) {
      return Optional.of(CsvLines.WITHOUT_MARK);
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
    String[] cells = CsvLines.cells(row, columns);
    long start = Written.start(cells[0]);
    boolean estimated = columns == 3 && flag(cells[2]);
    slots.add(lines.number(), new Slot(start, Written.nanograms(cells[1]), estimated));
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
}
