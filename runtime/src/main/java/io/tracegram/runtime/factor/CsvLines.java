package io.tracegram.runtime.factor;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a CSV of short values, one by one. Single-threaded. */
final class CsvLines {
  static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";
  static final String WITHOUT_MARK = "starts with a byte order mark: save it as UTF-8 without BOM";

  private static final int MAX_LINE_BYTES = 200;

  private final InputStream in;
  private final byte[] buffer = new byte[MAX_LINE_BYTES];
  private final Faults faults;
  private long number;

  /**
   * @param faults takes what is wrong with a line's length or end
   */
  CsvLines(InputStream in, Faults faults) {
    this.in = new BufferedInputStream(in);
    this.faults = faults;
  }

  /** Returns the number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /** Returns the next line without its end; empty at the end, or if nothing can be made of it. */
  Optional<String> next() throws IOException {
    int length = 0;
    int read = in.read();
    if (read < 0) {
      return Optional.empty();
    }
    number++;
    for (; read >= 0 && read != '\n'; read = in.read()) {
      if (length == MAX_LINE_BYTES) {
        faults.add(number, "the line is longer than " + MAX_LINE_BYTES + " bytes");
        return Optional.empty();
      }
      buffer[length++] = (byte) read;
    }
    if (length > 0 && buffer[length - 1] == '\r') {
      faults.add(number, "the line ends with CR LF: save the file with LF alone");
      return Optional.empty();
    }
    return Optional.of(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
  }

  /**
   * Returns the values of a row.
   *
   * @throws IllegalArgumentException if they are not as many as there are columns, or quoted
   */
  static String[] cells(String row, int columns) {
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
    return cells;
  }
}
