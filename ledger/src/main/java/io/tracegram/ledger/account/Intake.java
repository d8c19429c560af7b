package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.SupplyMix;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a carrier's sources brought in during an interval.
 *
 * @param postings one per source
 * @param used here, charging included; mWh, or millionths of the carrier's unit
 * @param passedOn the rest of the postings: it was bought and left again, and nobody here used it
 */
record Intake(List<Posting> postings, long used, long passedOn) {
  static Intake of(
      PlantModel plant, String carrier, Counts counts, Pricing pricing, List<Mark> marks) {
    List<Meter> sources = plant.sources(carrier).toList();
    if (sources.stream().anyMatch(meter -> counts.in(meter).missingMillis() > 0)) {
      marks.add(new Mark(Entry.SITE, Mark.Kind.METER_MISSING));
    }
    List<Posting> postings = new ArrayList<>();
    if (!carrier.equals(Meter.ELECTRICITY)) {
      long counted = counts.sum(sources, Meter.Role.SUPPLY, false);
      post(sources, Meter.Role.SUPPLY, counted, counts, pricing, postings);
      return new Intake(postings, counted, 0);
    }
    long charged = counts.sum(sources, Meter.Role.STORAGE, false);
    SupplyMix mix =
        SupplyMix.of(
            new SupplyMix.Flows(
                new Energy(counts.sum(sources, Meter.Role.GRID_IMPORT, false)),
                new Energy(counts.sum(sources, Meter.Role.GRID_IMPORT, true)),
                new Energy(counts.sum(sources, Meter.Role.GENERATION, false)),
                new Energy(charged),
                new Energy(counts.sum(sources, Meter.Role.STORAGE, true))),
            plant.grid().certificatesSold());
    if (mix.imbalance().milliwattHours() > 0) {
      marks.add(new Mark(Entry.SITE, Mark.Kind.NEGATIVE));
    }
    post(sources, Meter.Role.GRID_IMPORT, mix.grid().milliwattHours(), counts, pricing, postings);
    post(sources, Meter.Role.GENERATION, mix.own().milliwattHours(), counts, pricing, postings);
    post(sources, Meter.Role.STORAGE, mix.storage().milliwattHours(), counts, pricing, postings);
    long posted = mix.grid().plus(mix.own()).plus(mix.storage()).milliwattHours();
    long used = Math.min(posted, Math.addExact(mix.load().milliwattHours(), charged));
    return new Intake(postings, used, posted - used);
  }

  /** Posts what the sources of a role supplied together, each its part. */
  private static void post(
      List<Meter> sources,
      Meter.Role role,
      long amount,
      Counts counts,
      Pricing pricing,
      List<Posting> postings) {
    List<Meter> meters = sources.stream().filter(meter -> meter.role() == role).toList();
    List<Long> counted =
        meters.stream()
            .map(meter -> role == Meter.Role.STORAGE ? counts.out(meter) : counts.in(meter))
            .map(slice -> slice.energy())
            .toList();
    long[] parts = LargestRemainder.partition(amount, counted);
    for (int i = 0; i < parts.length; i++) {
      postings.add(pricing.posting(meters.get(i), parts[i], counts.start()));
    }
  }
}
