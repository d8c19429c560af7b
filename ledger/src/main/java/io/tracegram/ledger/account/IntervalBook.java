package io.tracegram.ledger.account;

import io.tracegram.ledger.lot.Attribution;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Closed intervals and their sums. Single-threaded. */
final class IntervalBook {
  private final List<IntervalAccount> intervals = new ArrayList<>();
  private Share total = Share.NONE;
  private Share direct = Share.NONE;
  private Share idle = Share.NONE;
  private Share overhead = Share.NONE;
  private Share unattributed = Share.NONE;
  private long error;

  /** Prices an interval's energy with one posting and partitions the posting over its cells. */
  static IntervalAccount price(PlantModel plant, long start, long end, Attribution.Split split) {
    Co2e posting = plant.gridFactor().of(split.total());
    long[] parts =
        split.cells().isEmpty()
            ? new long[0]
            : LargestRemainder.partition(
                posting.micrograms(),
                split.cells().values().stream().map(Energy::milliwattHours).toList());
    SortedMap<Cell, Share> shares = new TreeMap<>();
    int next = 0;
    for (Map.Entry<Cell, Energy> cell : split.cells().entrySet()) {
      shares.put(cell.getKey(), new Share(cell.getValue(), new Co2e(parts[next++])));
    }
    SortedMap<String, Share> direct = new TreeMap<>();
    shares.forEach(
        (cell, share) -> {
          if (cell.kind() == Cell.Kind.DIRECT) {
            direct.put(cell.order(), share);
          }
        });
    return new IntervalAccount(
        start,
        end,
        new Share(split.total(), posting),
        direct,
        shares.getOrDefault(Cell.IDLE, Share.NONE),
        shares.getOrDefault(Cell.OVERHEAD, Share.NONE),
        shares.getOrDefault(Cell.UNATTRIBUTED, Share.NONE),
        split.interpolated());
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
