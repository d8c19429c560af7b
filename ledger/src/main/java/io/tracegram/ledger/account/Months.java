package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.InstrumentMatching;
import io.tracegram.ledger.emission.InstrumentMatching.Matched;
import io.tracegram.ledger.emission.InstrumentMatching.Part;
import io.tracegram.ledger.emission.InstrumentMatching.Source;
import io.tracegram.ledger.emission.InstrumentMatching.Used;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Accounts months from their quarters of an hour. Stateless. */
final class Months {
  private static final String SEVERAL = "several";

  private Months() {}

  /** What instruments gave before a month. */
  record Before(Used annual, Used hourly) {
    static final Before NOTHING = new Before(Used.NOTHING, Used.NOTHING);

    static Before after(PeriodAccount month) {
      return month
          .market()
          .map(
              market ->
                  new Before(
                      market.annual().used(),
                      market.hourly().map(hourly -> hourly.whole().used()).orElse(Used.NOTHING)))
          .orElse(NOTHING);
    }
  }

  /** Accounts {@code [from, to)} from all its intervals, in their order. */
  static PeriodAccount account(
      long from,
      long to,
      Revision revision,
      List<FacilityInterval> intervals,
      PlantModel plant,
      Optional<InstrumentPortfolio> portfolio,
      Before before) {
    Optional<Market> market =
        portfolio.map(held -> market(from, to, intervals, plant, held, before));
    List<FacilityInterval> settled =
        market.map(known -> known.settle(from, intervals)).orElse(intervals);
    int slots = Math.toIntExact((to - from) / IntervalAccount.LENGTH_MILLIS);
    return new PeriodAccount(
        from,
        to,
        revision,
        intervals.size(),
        slots - intervals.size(),
        postings(settled),
        parts(settled),
        market);
  }

  private static Market market(
      long from,
      long to,
      List<FacilityInterval> intervals,
      PlantModel plant,
      InstrumentPortfolio portfolio,
      Before before) {
    List<String> sources =
        plant.meters().stream()
            .filter(
                meter ->
                    meter.role() == Meter.Role.GRID_IMPORT
                        || (meter.role() == Meter.Role.GENERATION
                            && plant.grid().certificatesSold()))
            .map(Meter::id)
            .toList();
    InstrumentMatching matching =
        new InstrumentMatching(
            portfolio.policy(),
            portfolio.instruments(),
            plant.grid().residualMix(),
            plant.grid().factor());
    TreeMap<Long, Energy> loads = new TreeMap<>();
    for (FacilityInterval interval : intervals) {
      Energy load = Energy.ZERO;
      for (Posting posting : interval.postings()) {
        if (posting.carrier().equals(Meter.ELECTRICITY) && sources.contains(posting.source())) {
          load = load.plus(new Energy(posting.amount()));
        }
      }
      loads.merge(interval.startMillis() / Market.HOUR, load, Energy::plus);
    }
    Energy load = loads.values().stream().reduce(Energy.ZERO, Energy::plus);
    return new Market(
        Market.citation(portfolio),
        sources,
        matching.month(from, to, load, before.annual()),
        portfolio.isHourly()
            ? Optional.of(hourly(matching, from, to, loads, before.hourly()))
            : Optional.empty());
  }

  /** An hour that began in the month before takes nothing from what was generated in it. */
  private static Market.Hourly hourly(
      InstrumentMatching matching, long from, long to, Map<Long, Energy> loads, Used before) {
    List<Long> hours = new ArrayList<>();
    Map<Source, Part> whole = new LinkedHashMap<>();
    Used used = before;
    long first = from / Market.HOUR;
    for (long hour = first; hour * Market.HOUR < to; hour++) {
      Energy load = loads.getOrDefault(hour, Energy.ZERO);
      Matched matched =
          hour * Market.HOUR < from
              ? matching.unmatched(load, used)
              : matching.hour(hour * Market.HOUR, load, used);
      used = matched.used();
      matched.parts().forEach(part -> whole.merge(part.source(), part, Months::plus));
      hours.add(matched.total().map(Co2e::micrograms).orElse(-1L));
    }
    return new Market.Hourly(new Matched(List.copyOf(whole.values()), used), hours);
  }

  private static Part plus(Part a, Part b) {
    return new Part(
        a.source(), a.energy().plus(b.energy()), a.co2e().flatMap(x -> b.co2e().map(x::plus)));
  }

  private static List<Posting> postings(List<FacilityInterval> intervals) {
    Set<Basis> bases = bases(intervals);
    Map<List<String>, Posting> sums =
        new TreeMap<>(
            Comparator.<List<String>, String>comparing(List::getFirst)
                .thenComparing(List::getLast));
    for (FacilityInterval interval : intervals) {
      for (Posting posting : interval.postings()) {
        sums.merge(
            List.of(posting.carrier(), posting.source()), onEvery(bases, posting), Months::plus);
      }
    }
    return List.copyOf(sums.values());
  }

  private static Set<Basis> bases(List<FacilityInterval> intervals) {
    Set<Basis> bases = EnumSet.noneOf(Basis.class);
    intervals.forEach(interval -> bases.addAll(interval.bases()));
    return bases;
  }

  private static Posting onEvery(Set<Basis> bases, Posting posting) {
    return with(
        posting,
        posting.amount(),
        posting.biogenic(),
        bases.stream()
            .map(
                basis ->
                    posting
                        .price(basis)
                        .orElseGet(() -> new Price(basis, Optional.empty(), "none", false)))
            .toList());
  }

  private static Posting plus(Posting a, Posting b) {
    List<Price> prices = new ArrayList<>();
    for (int i = 0; i < a.prices().size(); i++) {
      Price one = a.prices().get(i);
      Price two = b.prices().get(i);
      prices.add(
          new Price(
              one.basis(),
              one.co2e().flatMap(x -> two.co2e().map(x::plus)),
              one.factor().equals(two.factor()) ? one.factor() : SEVERAL,
              one.estimated() || two.estimated()));
    }
    return with(a, Math.addExact(a.amount(), b.amount()), a.biogenic().plus(b.biogenic()), prices);
  }

  private static Posting with(Posting posting, long amount, Co2e biogenic, List<Price> prices) {
    return new Posting(
        posting.source(), posting.carrier(), posting.scope(), amount, biogenic, prices);
  }

  private static List<PeriodAccount.Part> parts(List<FacilityInterval> intervals) {
    Map<Cell.Kind, Energy> electricity = new EnumMap<>(Cell.Kind.class);
    for (FacilityInterval interval : intervals) {
      for (Entry entry : interval.entries()) {
        if (entry.carrier().equals(Meter.ELECTRICITY)) {
          electricity.merge(entry.cell().kind(), new Energy(entry.amount()), Energy::plus);
        }
      }
    }
    Map<Basis, Map<Cell.Kind, Co2e>> co2e = new EnumMap<>(Basis.class);
    Set<Basis> unknown = EnumSet.noneOf(Basis.class);
    for (Basis basis : bases(intervals)) {
      Map<Cell.Kind, Co2e> sums =
          co2e.computeIfAbsent(basis, key -> new EnumMap<>(Cell.Kind.class));
      for (FacilityInterval interval : intervals) {
        if (interval.co2e(basis).isEmpty()) {
          unknown.add(basis);
          break;
        }
        long[] parts = interval.parts(basis);
        for (int i = 0; i < parts.length; i++) {
          sums.merge(interval.entries().get(i).cell().kind(), new Co2e(parts[i]), Co2e::plus);
        }
      }
    }
    List<PeriodAccount.Part> parts = new ArrayList<>();
    for (Cell.Kind kind : Cell.Kind.values()) {
      parts.add(
          new PeriodAccount.Part(
              kind,
              electricity.getOrDefault(kind, Energy.ZERO),
              co2e.entrySet().stream()
                  .map(
                      basis ->
                          new PeriodAccount.Amount(
                              basis.getKey(),
                              unknown.contains(basis.getKey())
                                  ? Optional.empty()
                                  : Optional.of(basis.getValue().getOrDefault(kind, Co2e.ZERO))))
                  .toList()));
    }
    return parts;
  }
}
