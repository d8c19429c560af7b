package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.runtime.web.RequestRefused;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** How long each step of a series is. Immutable. */
sealed interface StepLength {
  /**
   * A length of time, whatever the calendar says.
   *
   * @param millis a multiple of a quarter of an hour, &gt; 0
   */
  record Fixed(long millis) implements StepLength {}

  /** A unit of the facility's calendar: a day has 23, 24 or 25 hours. */
  enum Local implements StepLength {
    DAY,
    WEEK,
    MONTH,
    YEAR
  }

  /**
   * Reads a step: {@code day}, {@code week}, {@code month} or {@code year} of the facility's
   * calendar, or {@code 15m}, {@code 1h}, {@code 1d} or ISO 8601 ({@code PT15M}).
   *
   * @throws RequestRefused if it is no multiple of 15 minutes
   */
  static StepLength parse(String text) {
    String iso = text.toUpperCase(Locale.ROOT);
    for (Local unit : Local.values()) {
      if (unit.name().equals(iso)) {
        return unit;
      }
    }
    if (!iso.startsWith("P")) {
      iso = iso.endsWith("D") ? "P" + iso : "PT" + iso;
    }
    try {
      long millis = Duration.parse(iso).toMillis();
      if (millis > 0 && millis % IntervalAccount.LENGTH_MILLIS == 0) {
        return new Fixed(millis);
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      throw RequestRefused.bad(
          "step is no length of time; write it as 15m, 1h, 1d, day, week, month or year");
    }
    throw RequestRefused.bad("step must be a multiple of 15 minutes");
  }

  /** Returns the step as answers name it: {@code PT15M} or {@code day}. */
  default String word() {
    return switch (this) {
      case Fixed(long millis) -> Duration.ofMillis(millis).toString();
      case Local unit -> unit.name().toLowerCase(Locale.ROOT);
    };
  }

  /** Returns the least time a step lasts, ms. */
  default long leastMillis() {
    return switch (this) {
      case Fixed(long millis) -> millis;
      case Local.DAY -> 23 * 3_600_000L;
      case Local.WEEK -> (7 * 24 - 1) * 3_600_000L;
      case Local.MONTH -> (28 * 24 - 1) * 3_600_000L;
      case Local.YEAR -> 365 * 24 * 3_600_000L;
    };
  }

  /** Returns when the step that begins at a time ends, ms since 1970 UTC. */
  default long endOf(long startMillis, ZoneId zone) {
    LocalDate day = Instant.ofEpochMilli(startMillis).atZone(zone).toLocalDate();
    return switch (this) {
      case Fixed(long millis) -> startMillis + millis;
      case Local.DAY -> midnight(day.plusDays(1), zone);
      case Local.WEEK -> midnight(day.with(TemporalAdjusters.next(DayOfWeek.MONDAY)), zone);
      case Local.MONTH -> midnight(day.with(TemporalAdjusters.firstDayOfNextMonth()), zone);
      case Local.YEAR -> midnight(day.with(TemporalAdjusters.firstDayOfNextYear()), zone);
    };
  }

  private static long midnight(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
