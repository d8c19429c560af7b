package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.emission.IntensityBook;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prices what sources bring in, on every basis that the plant accounts. Changes nothing. */
final class Pricing {
  private static final String NONE = "none";

  private final PlantModel plant;
  private final IntensityBook intensities;
  private final List<Basis> bases = new ArrayList<>();

  Pricing(PlantModel plant, IntensityBook intensities, Optional<InstrumentPortfolio> portfolio) {
    this.plant = plant;
    this.intensities = intensities;
    PlantModel.Grid grid = plant.grid();
    boolean series = intensities.knows(grid.intensity());
    if (grid.factor().isPresent() || !series) {
      bases.add(Basis.LB_ANNUAL);
    }
    if (series) {
      bases.add(Basis.LB_HOURLY);
    }
    if (grid.residualMix().isPresent() || portfolio.isPresent()) {
      bases.add(Basis.MB_ANNUAL);
    }
    if (portfolio.map(InstrumentPortfolio::isHourly).orElse(false)) {
      bases.add(Basis.MB_HOURLY);
    }
    if (grid.upstream().isPresent() || grid.ownGeneration().isPresent()) {
      bases.add(Basis.PCF_LIFECYCLE);
    }
  }

  /** Returns the basis of figures that are shown alone: the annual one where it has a factor. */
  Basis headline() {
    return bases.getFirst();
  }

  /** Prices an amount again, as if it had come now; if its source is still there. */
  Posting again(Posting posting, long startMillis) {
    return plant
        .meter(posting.source())
        .filter(meter -> meter.role().isSource() && meter.carrier().equals(posting.carrier()))
        .map(meter -> posting(meter, posting.amount(), startMillis))
        .orElse(posting);
  }

  Posting posting(PlantModel.Meter source, long amount, long startMillis) {
    return switch (source.role()) {
      case GRID_IMPORT ->
          electric(
              source,
              Scope.SCOPE_2,
              amount,
              bases.stream().map(basis -> grid(basis, amount, startMillis)).toList());
      case GENERATION ->
          electric(
              source,
              Scope.SCOPE_1,
              amount,
              bases.stream().map(basis -> own(basis, amount)).toList());
      case STORAGE ->
          electric(
              source,
              Scope.SCOPE_1,
              amount,
              bases.stream().map(basis -> free(basis, "posted when charged")).toList());
      case SUPPLY -> carrier(source, amount);
      case CONSUMPTION -> throw new IllegalArgumentException(source.id() + " is no source");
    };
  }

  private static Posting electric(
      PlantModel.Meter source, Scope scope, long amount, List<Price> prices) {
    return new Posting(source.id(), source.carrier(), scope, amount, Co2e.ZERO, prices);
  }

  private Price grid(Basis basis, long amount, long startMillis) {
    PlantModel.Grid grid = plant.grid();
    return switch (basis) {
      case LB_ANNUAL -> by(basis, grid.factor(), amount);
      case LB_HOURLY ->
          intensities
              .post(
                  grid.intensity(),
                  startMillis,
                  startMillis + IntervalAccount.LENGTH_MILLIS,
                  new Energy(amount))
              .map(
                  slot ->
                      new Price(
                          basis, Optional.of(slot.co2e()), grid.intensity(), slot.estimated()))
              .orElseGet(() -> unknown(basis, grid.intensity()));
      case MB_ANNUAL, MB_HOURLY -> by(basis, uncovered(), amount);
      case PCF_LIFECYCLE ->
          by(
              basis,
              grid.factor()
                  .map(factor -> grid.upstream().map(more -> sum(factor, more)).orElse(factor)),
              amount);
    };
  }

  /** Own generation emits nothing here; where its certificates are sold its claim is another's. */
  private Price own(Basis basis, long amount) {
    PlantModel.Grid grid = plant.grid();
    return switch (basis) {
      case LB_ANNUAL, LB_HOURLY -> free(basis, "own generation");
      case MB_ANNUAL, MB_HOURLY ->
          grid.certificatesSold() ? by(basis, uncovered(), amount) : free(basis, "own generation");
      case PCF_LIFECYCLE -> by(basis, grid.ownGeneration(), amount);
    };
  }

  /** What no instrument covers; until the month closes nothing is known to be covered. */
  private Optional<EmissionFactor> uncovered() {
    return plant.grid().residualMix().or(() -> plant.grid().factor());
  }

  private Posting carrier(PlantModel.Meter source, long amount) {
    PlantModel.Carrier carrier = plant.carrier(source.carrier()).orElseThrow();
    List<Price> prices =
        bases.stream()
            .map(
                basis ->
                    by(
                        basis,
                        Optional.of(
                            basis == Basis.PCF_LIFECYCLE && carrier.upstream().isPresent()
                                ? sum(carrier.factor(), carrier.upstream().get())
                                : carrier.factor()),
                        amount))
            .toList();
    return new Posting(
        source.id(),
        source.carrier(),
        carrier.kind() == PlantModel.Carrier.Kind.HEAT ? Scope.SCOPE_2 : Scope.SCOPE_1,
        amount,
        carrier.biogenic().map(factor -> factor.ofMillionths(amount)).orElse(Co2e.ZERO),
        prices);
  }

  private static Price by(Basis basis, Optional<EmissionFactor> factor, long amount) {
    return factor
        .map(
            known ->
                new Price(basis, Optional.of(known.ofMillionths(amount)), known.citation(), false))
        .orElseGet(() -> unknown(basis, NONE));
  }

  private static Price unknown(Basis basis, String factor) {
    return new Price(basis, Optional.empty(), factor, false);
  }

  private static Price free(Basis basis, String why) {
    return new Price(basis, Optional.of(Co2e.ZERO), why, false);
  }

  /** Returns a factor for both, without the uncertainty: that of a sum rests on its parts. */
  static EmissionFactor sum(EmissionFactor factor, EmissionFactor more) {
    return new EmissionFactor(
        factor.id() + " + " + more.id(),
        factor.kgPerUnit().add(more.kgPerUnit()),
        factor.unit(),
        factor.edition(),
        factor.boundary(),
        factor.gwpSet(),
        factor.source(),
        factor.licence());
  }
}
