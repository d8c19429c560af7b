package io.tracegram.ledger.lot;

import io.tracegram.ledger.lot.Absorbed.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Overhead by the time it arose, and what lots absorbed of it, in open time and in closed periods.
 * Single-threaded.
 */
final class Absorber {
  /** Periods begin and end with a quarter of an hour. */
  private static final long SLOT = 900_000;

  private final TreeMap<Long, Slot> open = new TreeMap<>();
  private final TreeMap<Long, Absorbed> closed = new TreeMap<>();
  private Slot openSum;

  /** All of it. */
  record State(SortedMap<Long, Slot> open, SortedMap<Long, Absorbed> closed, Slot openSum) {}

  Absorber(State state) {
    open.putAll(state.open);
    closed.putAll(state.closed);
    openSum = state.openSum;
  }

  Absorber() {
    this(new State(new TreeMap<>(), new TreeMap<>(), Slot.NONE));
  }

  State state() {
    return new State(open, closed, openSum);
  }

  /**
   * Books something at a time.
   *
   * @return true if that was in a closed period, which is then another one
   */
  boolean add(long millis, Slot slot) {
    Map.Entry<Long, Absorbed> period = closed.floorEntry(millis);
    if (period == null || period.getValue().toMillis() <= millis) {
      open.merge(Math.floorDiv(millis, SLOT) * SLOT, slot, Slot::plus);
      openSum = openSum.plus(slot);
      return false;
    }
    closed.put(period.getKey(), period.getValue().plus(slot));
    return true;
  }

  /**
   * Returns the rate for units of the key that are to be absorbed next: that of the last closed
   * period, or in the first one the running rate, these units included.
   */
  Rate rate(long units) {
    for (Absorbed period : closed.descendingMap().values()) {
      if (period.key() > 0) {
        return period.next();
      }
    }
    return new Rate(openSum.pool().burden(), Math.addExact(openSum.key(), units));
  }

  /** Returns what a period would hold if it closed now. */
  Absorbed soFar(long from, long to) {
    Slot sum = open.subMap(from, to).values().stream().reduce(Slot.NONE, Slot::plus);
    return new Absorbed(from, to, opening(from), Cost.NONE, Burden.NONE, Burden.NONE, 0).plus(sum);
  }

  /** Closes a period; what is booked into it later restates it. */
  void close(long from, long to) {
    closed.put(from, soFar(from, to));
    SortedMap<Long, Slot> slots = open.subMap(from, to);
    for (Slot slot : slots.values()) {
      openSum = openSum.minus(slot);
    }
    slots.clear();
  }

  /** Says whether a time is in a closed period. */
  Optional<Absorbed> at(long millis) {
    return Optional.ofNullable(closed.floorEntry(millis))
        .map(Map.Entry::getValue)
        .filter(period -> period.toMillis() > millis);
  }

  /** Returns the closed periods, oldest first, each opening with what the one before left. */
  List<Absorbed> periods() {
    List<Absorbed> periods = new ArrayList<>();
    Burden variance = Burden.NONE;
    boolean begun = false;
    for (Map.Entry<Long, Absorbed> entry : closed.entrySet()) {
      Absorbed period = entry.getValue().opening(variance);
      entry.setValue(period);
      periods.add(period);
      begun |= period.key() > 0;
      variance = begun ? period.closing() : Burden.NONE;
    }
    return periods;
  }

  private Burden opening(long from) {
    SortedMap<Long, Absorbed> before = closed.headMap(from);
    return before.values().stream().anyMatch(period -> period.key() > 0)
        ? Objects.requireNonNull(before.lastEntry()).getValue().closing()
        : Burden.NONE;
  }
}
