package io.tracegram.runtime.factor;

import io.tracegram.ledger.emission.Instrument;
import io.tracegram.ledger.quantity.Energy;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code hour_utc,kwh}, one UTC hour a line, in any order. Single-threaded, used once. */
final class CsvGeneration {
  private static final String HEADER = "hour_utc,kwh";
  private static final long HOUR_MILLIS = 3_600_000;
  private static final Pattern KWH = Pattern.compile("\\d{1,15}(\\.\\d{1,18})?");
  private static final BigDecimal MOST_KWH = BigDecimal.valueOf(100_000_000);
  private static final int DECIMALS = 6;

  private final Faults faults = new Faults();
  private final SortedMap<Long, Energy> hours = new TreeMap<>();
  private final Map<Long, Long> linesOfHours = new HashMap<>();
  private final CsvLines lines;

  private CsvGeneration(InputStream in) {
    lines = new CsvLines(in, faults);
  }

  /**
   * Returns the hours, or why not.
   *
   * @throws IOException if the bytes cannot be read to their end
   */
  static GenerationReading read(InputStream in) throws IOException {
    return new CsvGeneration(in).read();
  }

  private GenerationReading read() throws IOException {
    String header = lines.next().orElse("");
    if (faults.isEmpty() && !header.replace(", ", ",").equals(HEADER)) {
      faults.add(
          1,
          header.startsWith(CsvLines.BYTE_ORDER_MARK)
              ? CsvLines.WITHOUT_MARK
              : "the first line must be " + HEADER + ", not " + Written.shown(header));
    }
    if (!faults.isEmpty()) {
      return new GenerationReading.Refused(faults.list());
    }
    for (Optional<String> row = lines.next(); row.isPresent(); row = lines.next()) {
      try {
        row(row.get());
      } catch (IllegalArgumentException e) {
        faults.add(lines.number(), String.valueOf(e.getMessage()));
      }
      if (faults.isFull()) {
        break;
      }
    }
    if (faults.isEmpty() && hours.isEmpty()) {
      faults.add(1, "there is no hour: leave the file out if the hours are not known");
    }
    return faults.isEmpty()
        ? new GenerationReading.Read(hours)
        : new GenerationReading.Refused(faults.list());
  }

  private void row(String row) {
    String[] cells = CsvLines.cells(row, 2);
    long start = Written.utc(cells[0]);
    if (Math.floorMod(start, HOUR_MILLIS) != 0) {
      throw new IllegalArgumentException(
          Written.shown(cells[0]) + " is not the start of a whole hour");
    }
    Energy energy = energy(cells[1]);
    Long first = linesOfHours.putIfAbsent(start, lines.number());
    if (first != null) {
      throw new IllegalArgumentException(
          Written.shown(cells[0]) + " is there already, in line " + first);
    }
    if (hours.size() >= Instrument.MOST_HOURS) {
      throw new IllegalArgumentException(
          "there are more than " + Instrument.MOST_HOURS + " hours: split the instrument");
    }
    hours.put(start, energy);
  }

  /** Returns decimal kWh exactly. */
  private static Energy energy(String text) {
    if (!KWH.matcher(text).matches()) {
      throw new IllegalArgumentException(noEnergy(text));
    }
    BigDecimal value = new BigDecimal(text);
    if (value.compareTo(MOST_KWH) > 0) {
      throw new IllegalArgumentException(
          Written.shown(text) + " kWh in an hour is absurd: at most 100000000; is the unit right?");
    }
    if (value.stripTrailingZeros().scale() > DECIMALS) {
      throw new IllegalArgumentException(
          Written.shown(text) + " has more than 6 decimals: a milliwatt-hour is the smallest unit");
    }
    return new Energy(value.movePointRight(DECIMALS).longValueExact());
  }

  private static String noEnergy(String text) {
    if (text.isBlank()) {
      return "the energy is empty: leave out an hour that generated nothing";
    }
    if (text.matches("-\\d.*")) {
      return Written.shown(text) + " is negative: generation is 0 or more";
    }
    if (text.matches("\\d+,\\d+")) {
      return Written.shown(text) + " has a decimal comma: write a point";
    }
    return Written.shown(text) + " is no number of kWh such as 1250.5";
  }
}
