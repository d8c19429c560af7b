package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.InstrumentMatching.Matched;
import io.tracegram.ledger.emission.InstrumentMatching.Part;
import io.tracegram.ledger.emission.InstrumentMatching.Used;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What carried a month's purchased electricity, by volume and hour by hour; immutable.
 *
 * <p>Each part is rounded once; quarters of an hour and sources partition them.
 *
 * @param portfolio its id and edition
 * @param sources meters whose electricity counts as purchased
 * @param annual matched by volume; {@code used} goes on into the next month
 * @param hourly matched by the hour; empty if no instrument tells its hours
 */
public record Market(
    String portfolio, List<String> sources, Matched annual, Optional<Hourly> hourly) {
  static final long HOUR = 4 * IntervalAccount.LENGTH_MILLIS;

  /**
   * Matched by the hour.
   *
   * @param whole the parts of all hours, summed by what carried them
   * @param hours µg of each UTC hour from the one that holds the month's start, −1 if unknown
   */
  public record Hourly(Matched whole, List<Long> hours) {
    public Hourly {
      hours = List.copyOf(hours);
    }
  }

  public Market {
    sources = List.copyOf(sources);
  }

  boolean isPurchased(Posting posting) {
    return posting.carrier().equals(Meter.ELECTRICITY) && sources.contains(posting.source());
  }

  /** Returns how prices cite a portfolio. */
  static String citation(InstrumentPortfolio portfolio) {
    return portfolio.id() + " " + portfolio.edition();
  }

  static Optional<Co2e> sum(List<Part> parts) {
    return new Matched(parts, Used.NOTHING).total();
  }

  /**
   * Returns quarters of an hour with this market's prices.
   *
   * @param wholeMonth all of the month's, in their order
   */
  List<FacilityInterval> settle(long fromMillis, List<FacilityInterval> wholeMonth) {
    Shares byVolume = new Shares(wholeMonth, 0, wholeMonth.size(), annual.total());
    Map<Long, Shares> byHour =
        hourly.map(known -> hours(fromMillis, wholeMonth, known.hours())).orElse(Map.of());
    List<FacilityInterval> settled = new ArrayList<>(wholeMonth.size());
    for (int i = 0; i < wholeMonth.size(); i++) {
      int number = i;
      FacilityInterval interval = wholeMonth.get(i);
      Map<Basis, Function<Posting, Optional<Co2e>>> shares = new EnumMap<>(Basis.class);
      shares.put(Basis.MB_ANNUAL, posting -> byVolume.of(number, posting));
      if (hourly.isPresent()) {
        Shares hour = Objects.requireNonNull(byHour.get(interval.startMillis() / HOUR));
        shares.put(Basis.MB_HOURLY, posting -> hour.of(number, posting));
      }
      settled.add(
          interval.priced(
              interval.headline(),
              interval.postings().stream().map(posting -> priced(posting, shares)).toList()));
    }
    return settled;
  }

  private Map<Long, Shares> hours(
      long fromMillis, List<FacilityInterval> wholeMonth, List<Long> hours) {
    long first = fromMillis / HOUR;
    Map<Long, Shares> shares = new HashMap<>();
    for (int from = 0, to; from < wholeMonth.size(); from = to) {
      long hour = wholeMonth.get(from).startMillis() / HOUR;
      to = from + 1;
      while (to < wholeMonth.size() && wholeMonth.get(to).startMillis() / HOUR == hour) {
        to++;
      }
      int index = Math.toIntExact(hour - first);
      long micrograms = index < hours.size() ? hours.get(index) : -1;
      shares.put(
          hour,
          new Shares(
              wholeMonth,
              from,
              to,
              micrograms < 0 ? Optional.empty() : Optional.of(new Co2e(micrograms))));
    }
    return shares;
  }

  private Posting priced(Posting posting, Map<Basis, Function<Posting, Optional<Co2e>>> shares) {
    Map<Basis, Price> prices = new EnumMap<>(Basis.class);
    posting.prices().forEach(price -> prices.put(price.basis(), price));
    Price elsewhere = posting.prices().getFirst();
    shares.forEach(
        (basis, share) -> {
          if (isPurchased(posting)) {
            prices.put(basis, bought(basis, share.apply(posting), posting));
          } else {
            prices.putIfAbsent(
                basis, new Price(basis, elsewhere.co2e(), elsewhere.factor(), false));
          }
        });
    return new Posting(
        posting.source(),
        posting.carrier(),
        posting.scope(),
        posting.amount(),
        posting.biogenic(),
        List.copyOf(prices.values()));
  }

  /** What fuel emitted here for power whose claim was sold stays beside what was bought for it. */
  private Price bought(Basis basis, Optional<Co2e> share, Posting posting) {
    Price here = posting.prices().getFirst();
    return posting.scope() == Scope.SCOPE_1 && !here.co2e().equals(Optional.of(Co2e.ZERO))
        ? new Price(
            basis,
            share.flatMap(known -> here.co2e().map(known::plus)),
            here.factor() + " + " + portfolio,
            false)
        : new Price(basis, share, portfolio, false);
  }

  /**
   * One amount of CO2e, partitioned by what was purchased in some intervals; unknown while their
   * restated energy waits for the month's.
   */
  private final class Shares {
    private final List<FacilityInterval> intervals;
    private final int from;
    private final List<Integer> offsets = new ArrayList<>();
    private final Optional<long[]> parts;

    Shares(List<FacilityInterval> intervals, int from, int to, Optional<Co2e> co2e) {
      this.intervals = intervals;
      this.from = from;
      List<Long> weights = new ArrayList<>();
      for (int i = from; i < to; i++) {
        offsets.add(weights.size());
        for (Posting posting : intervals.get(i).postings()) {
          weights.add(isPurchased(posting) ? posting.amount() : 0L);
        }
      }
      boolean nothing = weights.stream().allMatch(weight -> weight == 0);
      parts =
          co2e.filter(whole -> whole.micrograms() == 0 || !nothing)
              .map(whole -> LargestRemainder.partition(whole.micrograms(), weights));
    }

    Optional<Co2e> of(int interval, Posting posting) {
      int number = intervals.get(interval).postings().indexOf(posting);
      return parts.map(known -> new Co2e(known[offsets.get(interval - from) + number]));
    }
  }
}
