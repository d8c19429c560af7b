package io.tracegram.ledger.account;

import io.tracegram.ledger.lot.Attribution;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The first rules: location-based grid factor, one posting per interval, partitioned over the cells
 * of its energy.
 */
final class CalculatorOne implements Calculator {
  @Override
  public int version() {
    return 1;
  }

  @Override
  public Result interval(Quarter quarter) {
    Attribution.Split split =
        new Attribution(quarter.plant(), quarter.curves(), quarter.presences())
            .interval(quarter.startMillis(), quarter.endMillis(), quarter.postedLevel());
    return new Result(price(quarter, split), split.imbalanced());
  }

  private static IntervalAccount price(Quarter quarter, Attribution.Split split) {
    Co2e posting = quarter.plant().grid().factor().orElseThrow().of(split.total());
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
        quarter.startMillis(),
        quarter.endMillis(),
        new Share(split.total(), posting),
        direct,
        shares.getOrDefault(Cell.IDLE, Share.NONE),
        shares.getOrDefault(Cell.OVERHEAD, Share.NONE),
        shares.getOrDefault(Cell.UNATTRIBUTED, Share.NONE),
        split.interpolated());
  }
}
