package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Cell;
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

/**
 * Splits an interval's account by destination and component, and says what of it is no primary data
 * under a policy. Stateless.
 */
final class CostSplit {
  private CostSplit() {}

  /** Returns what each destination got; on every basis they add up to the postings. */
  static SortedMap<Cell, Cost> of(FacilityInterval interval, PrimaryData policy) {
    SortedMap<Cell, Cost> costs = new TreeMap<>();
    for (Entry entry : interval.entries()) {
      long electricity = entry.carrier().equals(Meter.ELECTRICITY) ? entry.amount() : 0;
      costs.merge(
          entry.cell(), new Cost(new Energy(electricity), Burden.NONE, 0, 0, 0, 0), Cost::plus);
    }
    for (Posting posting : interval.postings()) {
      add(costs, interval, posting, policy);
    }
    return costs;
  }

  private static void add(
      SortedMap<Cell, Cost> costs, FacilityInterval interval, Posting posting, PrimaryData policy) {
    boolean here = posting.scope() == Scope.SCOPE_1;
    Optional<long[]> annual = parts(interval, posting, Basis.LB_ANNUAL);
    Optional<long[]> hourly = parts(interval, posting, Basis.LB_HOURLY);
    Optional<long[]> cycle = parts(interval, posting, Basis.PCF_LIFECYCLE);
    Optional<long[]> emitted = interval.headline() == Basis.LB_HOURLY ? hourly : annual;
    Optional<long[]> base = here ? emitted : annual;
    long[] biogenic = biogenic(interval, posting);
    List<Entry> entries = interval.entries();
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).carrier().equals(posting.carrier())) {
        continue;
      }
      int at = i;
      Burden burden =
          new Burden(
              here ? value(emitted, at) : 0,
              here ? 0 : value(annual, at),
              here ? 0 : value(hourly, at),
              cycle.isPresent() && base.isPresent() ? cycle.get()[at] - base.get()[at] : 0,
              0,
              0,
              0,
              0,
              biogenic[at],
              0,
              0);
      if (policy == PrimaryData.STRICT) {
        burden = burden.withSecondary(averaged(burden, interval.headline()));
      }
      costs.merge(
          entries.get(i).cell(),
          new Cost(
              Energy.ZERO,
              burden,
              here && emitted.isEmpty() ? 1 : 0,
              !here && annual.isEmpty() ? 1 : 0,
              !here && hourly.isEmpty() ? 1 : 0,
              cycle.isPresent() && base.isPresent() ? 0 : 1),
          Cost::plus);
    }
  }

  /** Returns what of an entry's CO2e rests on averages: bought energy, and what is upstream. */
  private static long averaged(Burden burden, Basis headline) {
    return Math.addExact(
        headline == Basis.LB_HOURLY ? burden.scope2Hourly() : burden.scope2Annual(),
        burden.upstream());
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
