package io.tracegram.gateway.history;

import io.tracegram.ledger.energy.Limits;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.history.History;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Fits a file of interval energy between what other files brought. Single-threaded, used once.
 *
 * <p>What they brought already is left out; of each meter, the rest must be one block.
 */
final class Fitting {
  private static final long QUARTER = 900_000L;

  private final History history;
  private final EarlierImports earlier;
  private final PlantModel plant;
  private final Map<String, Own> blocks = new LinkedHashMap<>();

  /**
   * What is read of the file.
   *
   * @param bases where each meter's register begins, mWh
   */
  record Fit(Map<String, Long> bases, Map<String, History.Window> windows) {}

  /** A meter's block, as far as it was read. */
  private static final class Own {
    private final History.Period first;
    private long toMillis;
    private long energy;
    private long gaps;
    private boolean ended;

    Own(History.Period first) {
      this.first = first;
      toMillis = first.startMillis();
    }

    void add(History.Period period) {
      gaps += period.startMillis() == toMillis ? 0 : 1;
      energy += period.milliwattHours();
      toMillis = period.endMillis();
    }
  }

  Fitting(History history, EarlierImports earlier, PlantModel plant) {
    this.history = history;
    this.earlier = earlier;
    this.plant = plant;
  }

  /**
   * Reads the file once.
   *
   * @throws IOException if it contradicts what is known, or no register can hold both; the message
   *     names the row
   */
  Fit fit() throws IOException {
    history.periods(this::judge);
    Map<String, Long> bases = new LinkedHashMap<>();
    Map<String, History.Window> windows = new LinkedHashMap<>();
    for (String meter : history.survey().meters()) {
      Own own = blocks.get(meter);
      windows.put(
          meter,
          own == null
              ? new History.Window(0, 0)
              : new History.Window(own.first.startMillis(), own.toMillis));
      if (own != null) {
        bases.put(meter, base(meter, own));
      }
    }
    return new Fit(bases, windows);
  }

  private void judge(History.Period period) throws IOException {
    Own own = blocks.get(period.meter());
    switch (earlier.known(period.meter()).judge(period)) {
      case KnownEnergy.Verdict.Conflict(String reason) ->
          throw new IOException(
              KnownEnergy.shown(period)
                  + "; "
                  + reason
                  + ". Nothing was imported: cut the file where the log already has that time, or"
                  + " import it into another directory");
      case KnownEnergy.Verdict.Repeated() -> {
        if (own != null) {
          own.ended = true;
        }
      }
      case KnownEnergy.Verdict.New() -> {
        if (own == null) {
          own = new Own(period);
          blocks.put(period.meter(), own);
        } else if (own.ended || isParted(own, period)) {
          throw new IOException(
              KnownEnergy.shown(period)
                  + "; before it lies time that the log already has of another file. Nothing was"
                  + " imported: make a file of its own of this row and those after it");
        }
        own.add(period);
      }
    }
  }

  /** Says whether something is known in the gap before a period. */
  private boolean isParted(Own own, History.Period period) {
    return own.toMillis < period.startMillis()
        && earlier
            .known(period.meter())
            .beginningFrom(own.toMillis)
            .filter(stretch -> stretch.fromMillis() < period.startMillis())
            .isPresent();
  }

  private long base(String meter, Own own) throws IOException {
    KnownEnergy known = earlier.known(meter);
    long falls = Math.multiplyExact(own.gaps, history.fall(meter));
    Placement.Block block =
        new Placement.Block(
            new KnownEnergy.Stretch(
                own.first.startMillis(), own.first.endMillis(), 0, own.first.milliwattHours()),
            own.toMillis,
            own.energy - falls,
            falls,
            history.highestBase(meter));
    Placement placement =
        new Placement(
            limits(meter),
            known.endingBy(own.first.startMillis()),
            known.beginningFrom(own.toMillis));
    OptionalLong begun = earlier.base(meter);
    OptionalLong base =
        begun.isPresent() && !placement.fits(block, begun.getAsLong())
            ? OptionalLong.empty()
            : begun.isPresent() ? begun : placement.of(block);
    return base.orElseThrow(
        () ->
            new IOException(
                KnownEnergy.shown(own.first)
                    + " and what follows does not fit between what the log holds of other files: a"
                    + " register would have to jump within a row. Nothing was imported: import all"
                    + " files into another directory, in the order of time"));
  }

  private Limits limits(String meter) {
    return Limits.of(plant.meter(meter).map(PlantModel.Meter::maxPowerWatts).orElse(1L), QUARTER);
  }
}
