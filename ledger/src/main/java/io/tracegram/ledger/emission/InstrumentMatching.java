package io.tracegram.ledger.emission;

import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Matches purchased electricity with instruments, period by period in the order of time; immutable.
 *
 * <p>Order: certificates, contracts, supplier rates (Scope 2 Guidance table 6.3); within a type the
 * one that expires first, then by id. The emission rate has no say, so nothing is picked for being
 * low. An instrument serves a period that lies within its validity whole. What none covers takes
 * the residual mix, else the grid's average, which is flagged, else it is unknown.
 *
 * @param policy which text of the standard instruments must satisfy
 * @param instruments all of them, each id once
 * @param residualMix per kWh
 * @param gridAverage per kWh
 */
public record InstrumentMatching(
    Scope2Policy policy,
    List<Instrument> instruments,
    Optional<EmissionFactor> residualMix,
    Optional<EmissionFactor> gridAverage) {
  private static final Comparator<Instrument> LADDER =
      Comparator.comparing(Instrument::type)
          .thenComparing(Instrument::toMillis)
          .thenComparing(Instrument::id);

  /** What carries a part of the load. */
  public sealed interface Source {
    /** An instrument. */
    record OfInstrument(String id, Instrument.Type type) implements Source {}

    /** Unclaimed electricity. */
    record ResidualMix(String factor) implements Source {}

    /** No residual mix is known: the average, which counts claimed electricity twice; flagged. */
    record GridAverageFlagged(String factor) implements Source {}

    /** Nothing prices it: a Problem. */
    record Unpriced() implements Source {}
  }

  /**
   * A part of the load.
   *
   * @param co2e rounded half-even once; empty if unknown
   */
  public record Part(Source source, Energy energy, Optional<Co2e> co2e) {}

  /** What instruments have given so far, in mWh by id; one for annual, one for hourly matching. */
  public record Used(SortedMap<String, Long> milliwattHours) {
    public static final Used NOTHING = new Used(new TreeMap<>());

    long of(Instrument instrument) {
      return milliwattHours.getOrDefault(instrument.id(), 0L);
    }
  }

  /**
   * One period matched.
   *
   * @param parts of positive energy that add up to the load, in the order of the ladder
   * @param used to match the next period with
   */
  public record Matched(List<Part> parts, Used used) {
    /** Returns Σ parts, empty if one is unknown. */
    public Optional<Co2e> total() {
      Co2e total = Co2e.ZERO;
      for (Part part : parts) {
        if (part.co2e().isEmpty()) {
          return Optional.empty();
        }
        total = total.plus(part.co2e().get());
      }
      return Optional.of(total);
    }

    /** Returns the energy that no instrument covers. */
    public Energy uncovered() {
      Energy uncovered = Energy.ZERO;
      for (Part part : parts) {
        if (!(part.source() instanceof Source.OfInstrument)) {
          uncovered = uncovered.plus(part.energy());
        }
      }
      return uncovered;
    }
  }

  public InstrumentMatching {
    instruments = instruments.stream().sorted(LADDER).toList();
    if (instruments.stream().map(Instrument::id).distinct().count() != instruments.size()) {
      throw new IllegalArgumentException("an instrument stands twice");
    }
    List<EmissionFactor> prices =
        Stream.concat(residualMix.stream(), gridAverage.stream()).toList();
    for (EmissionFactor price : prices) {
      if (price.unit() != EmissionFactor.Unit.KWH) {
        throw new IllegalArgumentException("factor " + price.id() + " is not per kWh");
      }
    }
  }

  /** Matches the load of a month by volume ({@link Basis#MB_ANNUAL}). */
  public Matched month(long fromMillis, long toMillis, Energy load, Used used) {
    return match(new Period(fromMillis, toMillis, false), load, used);
  }

  /** Matches the load of a UTC hour with the same hour's generation ({@link Basis#MB_HOURLY}). */
  public Matched hour(long startMillis, Energy load, Used used) {
    if (Math.floorMod(startMillis, Instrument.HOUR) != 0) {
      throw new IllegalArgumentException(startMillis + " is not the start of an hour");
    }
    return match(new Period(startMillis, startMillis + Instrument.HOUR, true), load, used);
  }

  /** Prices a load that no instrument can cover; {@code used} stays. */
  public Matched unmatched(Energy load, Used used) {
    return new Matched(load.milliwattHours() > 0 ? List.of(uncovered(load)) : List.of(), used);
  }

  private record Period(long from, long to, boolean hourly) {
    /** Returns what an instrument can still give in this period, in mWh. */
    long available(Instrument instrument, long used) {
      if (from < instrument.fromMillis() || to > instrument.toMillis()) {
        return 0;
      }
      long left = Math.max(0, instrument.volume().milliwattHours() - used);
      return hourly ? Math.min(left, generated(instrument)) : left;
    }

    private long generated(Instrument instrument) {
      return instrument
          .generation()
          .map(hours -> hours.getOrDefault(from, Energy.ZERO).milliwattHours())
          .orElse(0L);
    }
  }

  private Matched match(Period period, Energy load, Used before) {
    if (load.milliwattHours() < 0) {
      throw new IllegalArgumentException("a load is not negative");
    }
    List<Part> parts = new ArrayList<>();
    SortedMap<String, Long> used = new TreeMap<>(before.milliwattHours());
    long open = load.milliwattHours();
    for (Instrument instrument : instruments) {
      long taken = Math.min(open, period.available(instrument, before.of(instrument)));
      if (taken > 0 && instrument.refusals(policy).isEmpty()) {
        open -= taken;
        used.merge(instrument.id(), taken, Math::addExact);
        Energy energy = new Energy(taken);
        parts.add(
            new Part(
                new Source.OfInstrument(instrument.id(), instrument.type()),
                energy,
                Optional.of(instrument.factor().of(energy))));
      }
    }
    if (open > 0) {
      parts.add(uncovered(new Energy(open)));
    }
    return new Matched(List.copyOf(parts), new Used(used));
  }

  private Part uncovered(Energy energy) {
    Source source =
        residualMix
            .<Source>map(factor -> new Source.ResidualMix(factor.id()))
            .or(() -> gridAverage.map(factor -> new Source.GridAverageFlagged(factor.id())))
            .orElseGet(Source.Unpriced::new);
    return new Part(
        source, energy, residualMix.or(() -> gridAverage).map(factor -> factor.of(energy)));
  }
}
