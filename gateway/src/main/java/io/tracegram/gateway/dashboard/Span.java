package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.runtime.web.RequestRefused;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A span of time cut into steps; UTC. Immutable.
 *
 * @param fromMillis inclusive, a whole quarter of an hour
 * @param toMillis exclusive, a whole quarter of an hour after {@code fromMillis}
 * @param starts of the steps, rising from {@code fromMillis}; the first and the last step may be
 *     cut short
 */
record Span(long fromMillis, long toMillis, StepLength step, List<Long> starts) {
  private static final long QUARTER = IntervalAccount.LENGTH_MILLIS;
  private static final long DAY = 24 * 3_600_000L;
  private static final int MAX_STEPS = 3_000;
  private static final long MAX_MILLIS = 375 * DAY;

  /** Three years with a leap day, and a day for the shift of the zone. */
  private static final long MAX_MILLIS_BY_DAY = 1_097 * DAY;

  Span {
    starts = List.copyOf(starts);
  }

  /**
   * Cuts a time into steps.
   *
   * @throws RequestRefused if it is no whole quarters of an hour, or too long
   */
  static Span of(long fromMillis, long toMillis, StepLength step, ZoneId zone) {
    if (fromMillis % QUARTER != 0 || toMillis % QUARTER != 0) {
      throw RequestRefused.bad("from and to must be whole quarters of an hour");
    }
    if (toMillis <= fromMillis) {
      throw RequestRefused.bad("to must be after from");
    }
    if (step.leastMillis() < DAY - 3_600_000L && toMillis - fromMillis > MAX_MILLIS) {
      throw RequestRefused.bad(
          "from and to may be at most 375 days apart, or three years with a step of a day or more");
    }
    if (toMillis - fromMillis > MAX_MILLIS_BY_DAY) {
      throw RequestRefused.bad("from and to may be at most three years apart");
    }
    if ((toMillis - fromMillis) / step.leastMillis() >= MAX_STEPS + 1L) {
      throw RequestRefused.bad(tooMany());
    }
    List<Long> starts = new ArrayList<>();
    for (long start = fromMillis; start < toMillis; start = step.endOf(start, zone)) {
      starts.add(start);
    }
    if (starts.size() > MAX_STEPS) {
      throw RequestRefused.bad(tooMany());
    }
    return new Span(fromMillis, toMillis, step, starts);
  }

  private static String tooMany() {
    return "that is more than " + MAX_STEPS + " steps: ask for a coarser step or a shorter time";
  }

  int steps() {
    return starts.size();
  }

  long startOf(int step) {
    return starts.get(step);
  }

  long endOf(int step) {
    return step + 1 < starts.size() ? starts.get(step + 1) : toMillis;
  }

  /** Returns the step in which a time of the span lies. */
  int stepAt(long millis) {
    int found = Collections.binarySearch(starts, millis);
    return found >= 0 ? found : -found - 2;
  }
}
