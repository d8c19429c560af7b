package io.tracegram.ledger.account;

import io.tracegram.ledger.energy.Slice;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.plant.Cogeneration;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Moves what the fuel of combined heat and power emits to the postings of the heat and the power
 * that were used, to the microgram. Changes nothing.
 */
final class FuelSplit {
  private final PlantModel plant;
  private final Pricing pricing;
  private final long startMillis;
  private final Function<Meter, Optional<Slice>> counted;

  /**
   * What became of an interval's postings.
   *
   * @param entries where the fuels' own postings went
   */
  record Moved(List<Posting> postings, List<Entry> entries, List<Mark> marks) {}

  /**
   * Prepares the split of one interval.
   *
   * @param counted what an import register counted in it, empty if the account has no such
   */
  FuelSplit(
      PlantModel plant,
      Pricing pricing,
      long startMillis,
      Function<Meter, Optional<Slice>> counted) {
    this.plant = plant;
    this.pricing = pricing;
    this.startMillis = startMillis;
    this.counted = counted;
  }

  /** Prices the amounts of a closed interval again. */
  static List<Posting> again(PlantModel plant, Pricing pricing, FacilityInterval closed) {
    Function<Meter, Optional<Slice>> counted =
        meter ->
            closed.meters().stream()
                .filter(slice -> slice.meter().equals(meter.id()) && !slice.export())
                .map(MeterSlice::slice)
                .findFirst();
    List<Posting> postings =
        closed.postings().stream()
            .map(posting -> pricing.again(posting, closed.startMillis()))
            .toList();
    return new FuelSplit(plant, pricing, closed.startMillis(), counted).move(postings).postings();
  }

  /** Takes the postings of all sources but the fuels. */
  Moved move(List<Posting> all) {
    List<Posting> postings = new ArrayList<>(all);
    List<Entry> entries = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    for (Cogeneration unit : plant.cogeneration()) {
      run(unit, all)
          .ifPresent(
              run -> {
                postings.removeIf(posting -> posting.source().equals(unit.fuel()));
                postings.replaceAll(run::carry);
                Posting own = run.own();
                postings.add(own);
                if (own.amount() > 0) {
                  Cell cell = run.isMovedWhole() ? Cell.OVERHEAD : Cell.UNATTRIBUTED;
                  entries.add(new Entry(own.carrier(), Entry.SITE, cell, own.amount()));
                }
                if (run.burned().missingMillis() > 0) {
                  marks.add(new Mark(Entry.SITE, Mark.Kind.METER_MISSING));
                }
              });
    }
    return new Moved(postings, entries, marks);
  }

  /** Returns what a unit did; empty if the account is of another plant. */
  private Optional<FuelRun> run(Cogeneration unit, List<Posting> postings) {
    Meter fuel = plant.meter(unit.fuel()).orElseThrow();
    Optional<Slice> burned = counted.apply(fuel);
    Optional<Slice> heat = plant.meter(unit.heat()).flatMap(counted);
    Optional<Slice> power = plant.meter(unit.power()).flatMap(counted);
    if (burned.isEmpty() || heat.isEmpty() || power.isEmpty()) {
      return Optional.empty();
    }
    return postings.stream()
        .filter(posting -> posting.source().equals(unit.power()))
        .findFirst()
        .map(
            used ->
                new FuelRun(
                    unit,
                    pricing.posting(fuel, burned.get().energy(), startMillis),
                    burned.get(),
                    heat.get(),
                    power.get(),
                    used.amount(),
                    plant.grid().certificatesSold()));
  }
}
