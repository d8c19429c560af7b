package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.runtime.web.RequestRefused;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * A span of time cut into equal steps from its start; UTC. Immutable.
 *
 * @param fromMillis inclusive, a whole quarter of an hour
 * @param toMillis exclusive, a whole quarter of an hour after {@code fromMillis}
 * @param stepMillis a multiple of a quarter of an hour; the last step may be cut short
 */
record Span(long fromMillis, long toMillis, long stepMillis) {
  private static final long QUARTER = IntervalAccount.LENGTH_MILLIS;
  private static final int MAX_STEPS = 3_000;
  private static final long MAX_QUARTERS = 36_000;

  Span {
    if (fromMillis % QUARTER != 0 || toMillis % QUARTER != 0) {
      throw RequestRefused.bad("from and to must be whole quarters of an hour");
    }
    if (toMillis <= fromMillis) {
      throw RequestRefused.bad("to must be after from");
    }
    if ((toMillis - fromMillis) / QUARTER > MAX_QUARTERS) {
      throw RequestRefused.bad("from and to may be at most 375 days apart");
    }
    if ((toMillis - fromMillis + stepMillis - 1) / stepMillis > MAX_STEPS) {
      throw RequestRefused.bad(
          "that is more than " + MAX_STEPS + " steps: ask for a coarser step or a shorter time");
    }
  }

  /**
   * Reads a step, either {@code 15m}, {@code 1h}, {@code 1d} or ISO 8601 ({@code PT15M}).
   *
   * @throws RequestRefused if it is no multiple of 15 minutes
   */
  static long step(String text) {
    String iso = text.toUpperCase(Locale.ROOT);
    if (!iso.startsWith("P")) {
      iso = iso.endsWith("D") ? "P" + iso : "PT" + iso;
    }
    try {
      long millis = Duration.parse(iso).toMillis();
      if (millis > 0 && millis % QUARTER == 0) {
        return millis;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      throw RequestRefused.bad("step is no length of time; write it as 15m, 1h or 1d");
    }
    throw RequestRefused.bad("step must be a multiple of 15 minutes");
  }

  int steps() {
    return (int) ((toMillis - fromMillis + stepMillis - 1) / stepMillis);
  }

  long startOf(int step) {
    return fromMillis + step * stepMillis;
  }

  long endOf(int step) {
    return Math.min(toMillis, startOf(step) + stepMillis);
  }

  int stepAt(long millis) {
    return (int) ((millis - fromMillis) / stepMillis);
  }
}
