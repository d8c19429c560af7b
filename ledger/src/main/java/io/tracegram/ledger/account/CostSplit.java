package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.lot.Component;
import io.tracegram.ledger.lot.Cost;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.plant.PrimaryData;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;

/**
 * Splits an interval's account by destination and component, and says what of it is no primary data
 * under a policy. Stateless.
 */
final class CostSplit {
  private CostSplit() {}

  /**
   * Returns what each destination got; on every basis they add up to the postings.
   *
   * @param market whether market-based figures are split too, as since the fourth calculator
   */
  static SortedMap<Cell, Cost> of(FacilityInterval interval, PrimaryData policy, boolean market) {
    SortedMap<Cell, Cost> costs = new TreeMap<>();
    for (Entry entry : interval.entries()) {
      long electricity = entry.carrier().equals(Meter.ELECTRICITY) ? entry.amount() : 0;
      costs.merge(
          entry.cell(),
          new Cost(new Energy(electricity), Burden.NONE, Cost.Unknown.NOTHING),
          Cost::plus);
    }
    for (Posting posting : interval.postings()) {
      add(costs, interval, posting, policy);
    }
    if (market) {
      market(interval).forEach((cell, cost) -> costs.merge(cell, cost, Cost::plus));
    }
    return costs;
  }

  /**
   * Returns what each destination got of market-based figures alone: what instruments and the
   * residual mix carry, without what was emitted here.
   */
  static SortedMap<Cell, Cost> market(FacilityInterval interval) {
    SortedMap<Cell, Cost> costs = new TreeMap<>();
    for (Posting posting : interval.postings()) {
      Optional<long[]> volume = bought(interval, posting, Basis.MB_ANNUAL);
      Optional<long[]> hourly = bought(interval, posting, Basis.MB_HOURLY);
      each(
          interval,
          posting,
          (cell, at) ->
              costs.merge(
                  cell,
                  new Cost(
                      Energy.ZERO,
                      Burden.only(Component.SCOPE_2_MARKET, value(volume, at))
                          .plus(Burden.only(Component.SCOPE_2_MARKET_HOURLY, value(hourly, at))),
                      new Cost.Unknown(0, 0, 0, 0, missing(volume), missing(hourly))),
                  Cost::plus));
    }
    return costs;
  }

  private static Optional<long[]> bought(FacilityInterval interval, Posting posting, Basis basis) {
    Optional<long[]> all = parts(interval, posting, basis);
    if (posting.scope() != Scope.SCOPE_1) {
      return all;
    }
    Optional<long[]> emitted = emitted(interval, posting);
    return all.flatMap(sums -> emitted.map(here -> less(sums, here)));
  }

  private static long[] less(long[] sums, long[] parts) {
    long[] rest = new long[sums.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = Math.subtractExact(sums[i], parts[i]);
    }
    return rest;
  }

  /** Returns what was emitted here, on the basis that counts. */
  private static Optional<long[]> emitted(FacilityInterval interval, Posting posting) {
    return parts(
        interval,
        posting,
        interval.headline() == Basis.LB_HOURLY ? Basis.LB_HOURLY : Basis.LB_ANNUAL);
  }

  private static void add(
      SortedMap<Cell, Cost> costs, FacilityInterval interval, Posting posting, PrimaryData policy) {
    boolean here = posting.scope() == Scope.SCOPE_1;
    Optional<long[]> annual = parts(interval, posting, Basis.LB_ANNUAL);
    Optional<long[]> hourly = parts(interval, posting, Basis.LB_HOURLY);
    Optional<long[]> cycle = parts(interval, posting, Basis.PCF_LIFECYCLE);
    Optional<long[]> emitted = here ? emitted(interval, posting) : annual;
    Optional<long[]> upstream = cycle.flatMap(sums -> emitted.map(counted -> less(sums, counted)));
    long[] biogenic = biogenic(interval, posting);
    Cost.Unknown unknown =
        new Cost.Unknown(
            here ? missing(emitted) : 0,
            here ? 0 : missing(annual),
            here ? 0 : missing(hourly),
            missing(upstream),
            0,
            0);
    each(
        interval,
        posting,
        (cell, at) -> {
          Burden burden =
              Burden.only(Component.UPSTREAM, value(upstream, at))
                  .plus(Burden.only(Component.BIOGENIC, biogenic[at]))
                  .plus(
                      here
                          ? Burden.only(Component.SCOPE_1, value(emitted, at))
                          : Burden.only(Component.SCOPE_2_ANNUAL, value(annual, at))
                              .plus(Burden.only(Component.SCOPE_2_HOURLY, value(hourly, at))));
          if (policy == PrimaryData.STRICT) {
            burden = burden.withSecondary(averaged(burden, interval.headline()));
          }
          costs.merge(cell, new Cost(Energy.ZERO, burden, unknown), Cost::plus);
        });
  }

  private static void each(
      FacilityInterval interval, Posting posting, ObjIntConsumer<Cell> destination) {
    List<Entry> entries = interval.entries();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).carrier().equals(posting.carrier())) {
        destination.accept(entries.get(i).cell(), i);
      }
    }
  }

  /** Returns what of an entry's CO2e rests on averages: bought energy, and what is upstream. */
  private static long averaged(Burden burden, Basis headline) {
    return Math.addExact(burden.of(Component.scope2(headline)), burden.upstream());
  }

  private static long missing(Optional<long[]> parts) {
    return parts.isPresent() ? 0 : 1;
  }

  private static long value(Optional<long[]> parts, int index) {
    return parts.map(known -> known[index]).orElse(0L);
  }

  private static Optional<long[]> parts(FacilityInterval interval, Posting posting, Basis basis) {
    return posting.price(basis).flatMap(Price::co2e).map(known -> interval.parts(posting, basis));
  }

  private static long[] biogenic(FacilityInterval interval, Posting posting) {
    Co2e biogenic = posting.biogenic();
    long[] weights = new long[interval.entries().size()];
    if (biogenic.micrograms() == 0) {
      return weights;
    }
    for (int i = 0; i < weights.length; i++) {
      Entry entry = interval.entries().get(i);
      weights[i] = entry.carrier().equals(posting.carrier()) ? entry.amount() : 0;
    }
    return LargestRemainder.partition(biogenic.micrograms(), weights);
  }
}
