package io.tracegram.ledger.account;

import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Intervals whose accounts are to be made again, and why. Single-threaded. */
final class Restatements {
  private static final long LENGTH = IntervalAccount.LENGTH_MILLIS;

  private final TreeMap<Long, Due> due = new TreeMap<>();

  /**
   * Why an interval is due.
   *
   * @param leaf the first that made it so
   * @param measured whether its energy may have changed, and not its prices alone
   */
  record Due(long leaf, boolean measured) {}

  /** All of it. */
  record State(SortedMap<Long, Due> due) {}

  Restatements(State state) {
    due.putAll(state.due);
  }

  static State empty() {
    return new State(new TreeMap<>());
  }

  State state() {
    return new State(due);
  }

  /** Notes that levels changed in {@code [from, to)}. */
  void measured(long from, long to, long leaf) {
    note(from, to, new Due(leaf, true));
  }

  /** Notes that intensities changed in {@code [from, to)}. */
  void priced(long from, long to, long leaf) {
    note(from, to, new Due(leaf, false));
  }

  private void note(long from, long to, Due cause) {
    for (long start = IntervalAccount.quarter(from); start < to; start += LENGTH) {
      due.merge(
          start, cause, (before, now) -> new Due(before.leaf, before.measured || now.measured));
    }
  }

  /** Returns the start of the oldest interval that is due. */
  OptionalLong first() {
    return due.isEmpty() ? OptionalLong.empty() : OptionalLong.of(due.firstKey());
  }

  /** Says whether an interval before a time is due. */
  boolean isDueBefore(long millis) {
    return !due.isEmpty() && due.firstKey() < millis;
  }

  /** Returns at most {@code limit} intervals before a time, oldest first, and forgets them. */
  SortedMap<Long, Due> takeBefore(long millis, int limit) {
    SortedMap<Long, Due> taken = new TreeMap<>();
    while (isDueBefore(millis) && taken.size() < limit) {
      var first = due.pollFirstEntry();
      taken.put(first.getKey(), first.getValue());
    }
    return taken;
  }

  /** Forgets an interval that is accounted for the first time. */
  void accounted(long start) {
    due.remove(start);
  }
}
