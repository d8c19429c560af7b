package io.tracegram.ledger.account;

import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.lot.Cost;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the market of each closed month has beyond the provisional figures of its quarters of an
 * hour, by destination. Single-threaded.
 */
final class Settlements {
  private final TreeMap<Long, SortedMap<Cell, Cost>> months = new TreeMap<>();

  /**
   * All of it.
   *
   * @param months by their starts
   */
  record State(Map<Long, SortedMap<Cell, Cost>> months) {}

  Settlements(State state) {
    months.putAll(state.months);
  }

  static State empty() {
    return new State(new TreeMap<>());
  }

  State state() {
    return new State(months);
  }

  /**
   * Settles a month, for the first time or anew.
   *
   * @param intervals all of the month's, in their order, with provisional figures
   * @return what each destination gets beyond what it has
   */
  SortedMap<Cell, Cost> settle(PeriodAccount month, List<FacilityInterval> intervals) {
    SortedMap<Cell, Cost> beyond = new TreeMap<>();
    if (month.market().isPresent()) {
      List<FacilityInterval> settled = month.settle(intervals);
      for (int i = 0; i < settled.size(); i++) {
        add(beyond, CostSplit.market(settled.get(i)));
        take(beyond, CostSplit.market(intervals.get(i)));
      }
      beyond.values().removeIf(Cost.NONE::equals);
    }
    SortedMap<Cell, Cost> before = months.put(month.fromMillis(), beyond);
    SortedMap<Cell, Cost> more = new TreeMap<>(beyond);
    if (before != null) {
      take(more, before);
    }
    return more;
  }

  private static void add(Map<Cell, Cost> sums, Map<Cell, Cost> more) {
    more.forEach((cell, cost) -> sums.merge(cell, cost, Cost::plus));
  }

  private static void take(Map<Cell, Cost> sums, Map<Cell, Cost> less) {
    less.forEach((cell, cost) -> sums.merge(cell, Cost.NONE.minus(cost), Cost::plus));
  }
}
