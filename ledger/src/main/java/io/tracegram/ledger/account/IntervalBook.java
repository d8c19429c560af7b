package io.tracegram.ledger.account;

import io.tracegram.ledger.quantity.Co2e;
import java.util.ArrayList;
import java.util.List;

/** Closed intervals and their sums. Single-threaded. */
final class IntervalBook {
  private final List<IntervalAccount> intervals = new ArrayList<>();
  private Share total = Share.NONE;
  private Share direct = Share.NONE;
  private Share idle = Share.NONE;
  private Share overhead = Share.NONE;
  private Share unattributed = Share.NONE;
  private long error;

  /** The intervals; their sums follow from them. Not copied. */
  record State(List<IntervalAccount> intervals) {}

  IntervalBook(State state) {
    state.intervals.forEach(this::add);
  }

  IntervalBook() {}

  State state() {
    return new State(intervals);
  }

  void add(IntervalAccount account) {
    intervals.add(account);
    Share lots = account.direct().values().stream().reduce(Share.NONE, Share::plus);
    total = total.plus(account.total());
    direct = direct.plus(lots);
    idle = idle.plus(account.idle());
    overhead = overhead.plus(account.overhead());
    unattributed = unattributed.plus(account.unattributed());
    Share parts = lots.plus(account.idle()).plus(account.overhead()).plus(account.unattributed());
    error = Math.addExact(error, Math.abs(account.total().co2e().minus(parts.co2e()).micrograms()));
  }

  /** Returns intervals that start in {@code [from, to)}, oldest first. */
  List<IntervalAccount> between(long from, long to) {
    int first = position(from);
    return first >= intervals.size()
        ? List.of()
        : List.copyOf(intervals.subList(first, Math.max(first, position(to))));
  }

  Totals totals(long readings, long agentStatements, long leaves) {
    return new Totals(
        total,
        direct,
        idle,
        overhead,
        unattributed,
        new Co2e(error),
        intervals.size(),
        readings,
        agentStatements,
        leaves);
  }

  private int position(long millis) {
    int low = 0;
    int high = intervals.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (intervals.get(middle).startMillis() < millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
