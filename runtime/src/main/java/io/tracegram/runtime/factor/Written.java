package io.tracegram.runtime.factor;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/**
 * The written forms of times and intensities. Each method throws {@link IllegalArgumentException}
 * saying what is wrong. Pure, stateless.
 */
final class Written {
  private static final Pattern UTC =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?Z");
  private static final Pattern OFFSET = Pattern.compile(".*\\d\\d:\\d\\d.*[+-]\\d\\d(:?\\d\\d)?");
  private static final Pattern LOCAL = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d.*");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");
  private static final BigDecimal MOST_GRAMS = BigDecimal.valueOf(5_000);
  private static final long QUARTER_MILLIS = 900_000;
  private static final long EARLIEST_MILLIS = 946_684_800_000L;
  private static final int MAX_SHOWN = 40;

  private Written() {}

  /** Returns the start of a slot in ms since 1970 UTC, a multiple of a quarter of an hour. */
  static long start(String text) {
    long millis = utc(text);
    if (Math.floorMod(millis, QUARTER_MILLIS) != 0) {
      throw new IllegalArgumentException(
          shown(text) + " does not start at a quarter of an hour (slots of 15, 30 or 60 minutes)");
    }
    return millis;
  }

  /** Returns ms since 1970 UTC; only {@code Z} will do, so that no hour is there twice. */
  static long utc(String text) {
    if (!UTC.matcher(text).matches()) {
      String expected = "UTC is expected, such as 2020-01-01T00:15:00Z";
      if (text.length() <= MAX_SHOWN && OFFSET.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "wrong time zone: " + shown(text) + " has an offset; " + expected);
      }
      if (text.length() <= MAX_SHOWN && LOCAL.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "wrong time zone: "
                + shown(text)
                + " is local time, in which an hour is missing in spring and there twice in"
                + " autumn; "
                + expected);
      }
      throw new IllegalArgumentException(shown(text) + " is no time; " + expected);
    }
    try {
      long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
      if (millis < EARLIEST_MILLIS) {
        throw new IllegalArgumentException(shown(text) + " is before 2000: correct the year");
      }
      return millis;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(shown(text) + " is no date or time that exists", e);
    }
  }

  /** Returns nanograms per kWh from decimal grams per kWh, exactly. */
  static long nanograms(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException(notADecimal(text));
    }
    return nanograms(new BigDecimal(text), text);
  }

  static long nanograms(BigDecimal grams, String text) {
    if (grams.signum() < 0) {
      throw new IllegalArgumentException(
          "an intensity of " + shown(text) + " g/kWh is negative, which no grid's average is");
    }
    if (grams.compareTo(MOST_GRAMS) > 0) {
      throw new IllegalArgumentException(
          "an intensity of " + shown(text) + " g/kWh is absurd: at most 5000; is the unit right?");
    }
    if (grams.scale() > 9) {
      throw new IllegalArgumentException(
          shown(text) + " has more than 9 decimals: a nanogram is the smallest unit");
    }
    return grams.movePointRight(9).longValueExact();
  }

  private static String notADecimal(String text) {
    if (text.isBlank()) {
      return "the intensity is empty: leave an unknown slot out";
    }
    if (text.matches("-\\d{1,18}([.,]\\d{1,18})?")) {
      return "an intensity of " + shown(text) + " g/kWh is negative, which no grid's average is";
    }
    if (text.matches("\\d{1,18},\\d{1,18}")) {
      return shown(text) + " has a decimal comma: write a point";
    }
    return shown(text) + " is no decimal such as 353.32";
  }

  /** Returns a value in quotes, short and on one line. */
  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return "'" + (line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "…" : line) + "'";
  }
}
