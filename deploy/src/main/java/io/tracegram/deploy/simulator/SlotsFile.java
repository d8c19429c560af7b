package io.tracegram.deploy.simulator;

import io.tracegram.runtime.config.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads a load profile: a CSV with the columns {@code date} ({@code dd/MM/yyyy HH:mm}, the end of a
 * quarter-hour, local time without daylight saving) and {@code Usage_kWh}. Rows are consecutive. A
 * midnight row may carry the date of the day that ends or of the day that begins. Used once.
 */
final class SlotsFile {
  private static final int MAX_ROWS = 1_000_000;
  private static final int MAX_LINE = 4_096;
  private static final Pattern KILOWATT_HOURS = Pattern.compile("\\d{1,9}(\\.\\d{1,12})?");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final Path file;

  SlotsFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the whole file.
   *
   * @param zone of the facility; its offset at the first row holds for all
   * @throws ConfigurationException naming the row that is not as expected
   * @throws IOException if the file cannot be read
   */
  Slots read(ZoneId zone) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      List<String> header = cells(line(lines, 1));
      int dateColumn = column(header, "date");
      int energyColumn = column(header, "Usage_kWh");
      List<Long> wattHours = new ArrayList<>();
      LocalDateTime firstEnd = LocalDateTime.MIN;
      int row = 2;
      for (String line = line(lines, row); !line.isEmpty(); line = line(lines, ++row)) {
        List<String> cells = cells(line);
        if (cells.size() != header.size()) {
          throw refused(row, "has " + cells.size() + " columns, the header " + header.size());
        }
        LocalDateTime written = date(cells.get(dateColumn), row);
        if (wattHours.isEmpty()) {
          firstEnd = firstEnd(written);
        }
        requireNext(firstEnd.plusMinutes(15L * wattHours.size()), written, row);
        wattHours.add(wattHours(cells.get(energyColumn), row));
        if (wattHours.size() > MAX_ROWS) {
          throw refused(row, "is beyond the limit of " + MAX_ROWS + " rows");
        }
      }
      if (wattHours.isEmpty()) {
        throw refused(row, "is missing: there is no slot to replay");
      }
      LocalDateTime start = firstEnd.minusMinutes(15);
      ZoneOffset offset = zone.getRules().getOffset(start);
      return new Slots(start.toInstant(offset), wattHours);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(file + " is not UTF-8 text");
    }
  }

  /** A midnight row's date is that of the day that ends. */
  private static LocalDateTime firstEnd(LocalDateTime written) {
    return isMidnight(written) ? written.plusDays(1) : written;
  }

  private void requireNext(LocalDateTime end, LocalDateTime written, int row) {
    boolean isNext = written.equals(end) || (isMidnight(end) && written.equals(end.minusDays(1)));
    if (!isNext) {
      throw refused(
          row,
          "is dated "
              + DATE.format(written)
              + ", the next quarter-hour ends "
              + DATE.format(end)
              + ": rows must follow each other without a gap");
    }
  }

  private static boolean isMidnight(LocalDateTime time) {
    return time.getHour() == 0 && time.getMinute() == 0;
  }

  private LocalDateTime date(String text, int row) {
    try {
      return LocalDateTime.parse(text, DATE);
    } catch (DateTimeException e) {
      throw refused(row, "has the date '" + text + "', expected dd/MM/yyyy HH:mm");
    }
  }

  private long wattHours(String text, int row) {
    if (!KILOWATT_HOURS.matcher(text).matches()) {
      throw refused(row, "has the energy '" + text + "', expected kWh such as 3.17");
    }
    BigDecimal wattHours = new BigDecimal(text).movePointRight(3).stripTrailingZeros();
    if (wattHours.scale() > 0) {
      throw refused(row, "has the energy " + text + " kWh, finer than the register's 1 Wh");
    }
    return wattHours.longValueExact();
  }

  private int column(List<String> header, String name) {
    int column = header.indexOf(name);
    if (column < 0) {
      throw refused(1, "has no column '" + name + "'");
    }
    return column;
  }

  /** Returns the next line, empty at the end of the file. */
  private String line(BufferedReader lines, int row) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = lines.read();
    if (c < 0) {
      return "";
    }
    for (; c >= 0 && c != '\n'; c = lines.read()) {
      line.append((char) c);
      if (line.length() > MAX_LINE) {
        throw refused(row, "is longer than " + MAX_LINE + " characters");
      }
    }
    String text = line.toString().stripTrailing();
    if (text.isEmpty()) {
      if (lines.read() < 0) {
        return "";
      }
      throw refused(row, "is empty");
    }
    return text;
  }

  private static List<String> cells(String line) {
    return Arrays.asList(line.split(",", -1));
  }

  private ConfigurationException refused(int row, String reason) {
    return new ConfigurationException(file + ":" + row + ": row " + row + " " + reason);
  }
}
