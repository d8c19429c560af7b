package io.tracegram.ledger.account;

import io.tracegram.ledger.energy.RegisterCurve;
import io.tracegram.ledger.lot.Attribution;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.lot.Presence;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The first rules: location-based grid factor, one posting per interval, partitioned over the cells
 * of its energy. Stateless.
 */
final class CalculatorOne {
  private CalculatorOne() {}

  /**
   * An interval's account.
   *
   * @param imbalanced meters whose children counted noticeably more than themselves
   */
  record Result(IntervalAccount account, List<String> imbalanced) {}

  /**
   * @param curves by meter id, one for every meter of the plant
   * @param postedLevel level of the grid meter's curve up to which energy is already accounted
   */
  static Result interval(
      PlantModel plant,
      long start,
      Map<String, RegisterCurve> curves,
      List<Presence> presences,
      long postedLevel) {
    Attribution.Split split =
        new Attribution(plant, curves, presences)
            .interval(start, start + IntervalAccount.LENGTH_MILLIS, postedLevel);
    return new Result(price(plant, start, split), split.imbalanced());
  }

  private static IntervalAccount price(PlantModel plant, long start, Attribution.Split split) {
    Co2e posting = plant.grid().factor().orElseThrow().of(split.total());
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
        start + IntervalAccount.LENGTH_MILLIS,
        new Share(split.total(), posting),
        direct,
        shares.getOrDefault(Cell.IDLE, Share.NONE),
        shares.getOrDefault(Cell.OVERHEAD, Share.NONE),
        shares.getOrDefault(Cell.UNATTRIBUTED, Share.NONE),
        split.interpolated());
  }
}
