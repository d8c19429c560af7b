package io.tracegram.runtime.history;

import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a plant's files of history are written. Immutable.
 *
 * @param values what a cell holds
 * @param timeColumn the column of the stamps
 * @param local how local stamps are written; empty for ISO 8601 in UTC
 * @param stamp which moment of a row's period its stamp names
 * @param step length of a row's period; zero if rows have none
 * @param columns meter id by column; others match a meter's id, underscores read as hyphens
 * @param ignored columns that hold no meter
 */
public record HistoryForm(
    Values values,
    String timeColumn,
    Optional<LocalStamps> local,
    Stamp stamp,
    Duration step,
    Map<String, String> columns,
    Set<String> ignored) {

  /** What a cell holds, in kWh. */
  public enum Values {
    /** A cumulative register at the end of the row's period. */
    REGISTERS,
    /** The energy of the row's period. */
    INTERVALS
  }

  /** Which moment of a row's period its stamp names. */
  public enum Stamp {
    START,
    END,
    /** The row has no period: its registers were read at that moment. */
    INSTANT
  }

  /**
   * Stamps in local time.
   *
   * @param format a pattern of {@link DateTimeFormatter}, such as {@code dd/MM/uuuu HH:mm}
   * @param zone IANA id
   * @param midnightOfPreviousDay whether a stamp of 00:00 carries the date of the day that ends
   */
  public record LocalStamps(String format, String zone, boolean midnightOfPreviousDay) {
    /**
     * Returns the formatter of a pattern; {@code y} is the year of the era we live in.
     *
     * @throws IllegalArgumentException if it is no pattern of a date and a time
     */
    public static DateTimeFormatter formatter(String pattern) {
      return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
    }
  }

  /** ISO 8601 registers read at the moment named, columns named after the meters. */
  public static final HistoryForm PLAIN =
      new HistoryForm(
          Values.REGISTERS,
          "utc_timestamp",
          Optional.empty(),
          Stamp.INSTANT,
          Duration.ZERO,
          Map.of(),
          Set.of());

  public HistoryForm {
    columns = Map.copyOf(columns);
    ignored = Set.copyOf(ignored);
    if (step.isNegative()
        || (step.isZero() && (values == Values.INTERVALS || stamp == Stamp.START))
        || (values == Values.INTERVALS && stamp == Stamp.INSTANT)) {
      throw new IllegalArgumentException("periods need a step and a stamp at one of their ends");
    }
  }
}
