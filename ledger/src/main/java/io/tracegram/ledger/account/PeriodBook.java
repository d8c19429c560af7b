package io.tracegram.ledger.account;

import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.quantity.Co2e;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Closed months, as their leaves hold them, and which of them are to be accounted again.
 * Single-threaded.
 */
final class PeriodBook {
  private static final long MOST_MILLIS = 32 * 24 * 3_600_000L;

  private final TreeMap<Long, Stored> periods = new TreeMap<>();
  private final TreeMap<Long, Long> due = new TreeMap<>();
  private final IntervalBook book;
  private final PlantHistory plants;

  /**
   * A month.
   *
   * @param leaf that holds the account, −1 until it is written
   * @param closedBy leaf that closed it
   * @param cause leaf since which the accounts know this account
   * @param beyond what settled market-based figures have beyond the sums of the intervals
   */
  record Stored(
      long toMillis,
      Content account,
      long leaf,
      long closedBy,
      long cause,
      SortedMap<Basis, Totals.OfBasis> beyond) {
    PeriodAccount decoded() {
      return ((Account.OfPeriod) AccountCodec.decode(account.bytes())).account();
    }

    ClosedPeriod period() {
      return new ClosedPeriod(decoded(), leaf, closedBy);
    }
  }

  /**
   * All of it.
   *
   * @param periods by their starts
   * @param due starts of months, each with the leaf that made it due
   */
  record State(SortedMap<Long, Stored> periods, SortedMap<Long, Long> due) {}

  PeriodBook(State state, IntervalBook book, PlantHistory plants) {
    periods.putAll(state.periods);
    due.putAll(state.due);
    this.book = book;
    this.plants = plants;
  }

  static State empty() {
    return new State(new TreeMap<>(), new TreeMap<>());
  }

  State state() {
    return new State(periods, due);
  }

  /** Says why a month cannot be closed, if it cannot. */
  Optional<String> refusal(long from, long to, OptionalLong closedThrough) {
    if (from != IntervalAccount.quarter(from)
        || to != IntervalAccount.quarter(to)
        || to <= from
        || to - from > MOST_MILLIS) {
      return Optional.of("it is no month of whole quarters of an hour");
    }
    Map.Entry<Long, Stored> before = periods.lowerEntry(to);
    if (before != null && before.getValue().toMillis > from) {
      return Optional.of("a part of it is closed already");
    }
    if (to > closedThrough.orElse(Long.MIN_VALUE)) {
      return Optional.of("its quarters of an hour are not all accounted");
    }
    return book.isEmpty(from, to) ? Optional.of("nothing is accounted in it") : Optional.empty();
  }

  /** Accounts a month for the first time. */
  Content close(long from, long to, Optional<InstrumentPortfolio> portfolio, long leaf) {
    Months.Before before = before(from);
    PeriodAccount account = account(from, to, Revision.FIRST, portfolio, before);
    Content content = put(account, leaf, leaf);
    if (!Months.Before.after(account).equals(before)) {
      nextIsDue(to, leaf);
    }
    return content;
  }

  /** Notes that an interval's account is another one. */
  void restated(long start, long leaf) {
    Map.Entry<Long, Stored> period = periods.floorEntry(start);
    if (period != null && start < period.getValue().toMillis) {
      due.putIfAbsent(period.getKey(), leaf);
    }
  }

  /** Notes that instruments are others from a time on. */
  void instruments(long from, long leaf) {
    periods.forEach(
        (start, period) -> {
          if (period.toMillis > from) {
            due.putIfAbsent(start, leaf);
          }
        });
  }

  boolean isDue() {
    return !due.isEmpty();
  }

  /**
   * Accounts again what is due, oldest first, and what that changes in later months.
   *
   * @return starts of the months that were due, each with its account if that is another one
   */
  SortedMap<Long, Optional<Content>> revise(Optional<InstrumentPortfolio> portfolio, long leaf) {
    SortedMap<Long, Optional<Content>> revised = new TreeMap<>();
    while (!due.isEmpty()) {
      Map.Entry<Long, Long> first = due.pollFirstEntry();
      Stored stored = Objects.requireNonNull(periods.get(first.getKey()));
      PeriodAccount old = stored.decoded();
      Revision next = new Revision(old.revision().number() + 1, stored.leaf, first.getValue());
      PeriodAccount account =
          account(old.fromMillis(), old.toMillis(), next, portfolio, before(old.fromMillis()));
      if (account.sameFigures(old)) {
        revised.putIfAbsent(old.fromMillis(), Optional.empty());
      } else {
        revised.put(old.fromMillis(), Optional.of(put(account, stored.closedBy, leaf)));
        if (!Months.Before.after(account).equals(Months.Before.after(old))) {
          nextIsDue(old.toMillis(), first.getValue());
        }
      }
    }
    return revised;
  }

  private void nextIsDue(long from, long leaf) {
    Long next = periods.ceilingKey(from);
    if (next != null) {
      due.putIfAbsent(next, leaf);
    }
  }

  private Months.Before before(long from) {
    Map.Entry<Long, Stored> month = periods.lowerEntry(from);
    return month == null ? Months.Before.NOTHING : Months.Before.after(month.getValue().decoded());
  }

  private PeriodAccount account(
      long from,
      long to,
      Revision revision,
      Optional<InstrumentPortfolio> portfolio,
      Months.Before before) {
    return Months.account(
        from, to, revision, book.facilityIntervals(from, to), plants.at(from), portfolio, before);
  }

  private Content put(PeriodAccount account, long closedBy, long cause) {
    Content content =
        Content.of(AccountCodec.encode(new Account.OfPeriod(RulesTwo.VERSION, account)));
    periods.put(
        account.fromMillis(),
        new Stored(account.toMillis(), content, -1, closedBy, cause, beyond(account)));
    return content;
  }

  private SortedMap<Basis, Totals.OfBasis> beyond(PeriodAccount account) {
    SortedMap<Basis, Totals.OfBasis> beyond = new TreeMap<>();
    if (account.market().isEmpty()) {
      return beyond;
    }
    for (Basis basis : account.bases()) {
      if (basis == Basis.MB_ANNUAL || basis == Basis.MB_HOURLY) {
        beyond.put(basis, beyond(account, basis));
      }
    }
    return beyond;
  }

  private Totals.OfBasis beyond(PeriodAccount account, Basis basis) {
    Totals.OfBasis sums = Totals.OfBasis.NONE;
    for (FacilityInterval interval :
        book.facilityIntervals(account.fromMillis(), account.toMillis())) {
      if (interval.bases().contains(basis)) {
        sums = sums.plus(Totals.OfBasis.of(interval.co2e(basis)));
      }
    }
    Optional<Co2e> settled = account.co2e(basis);
    return new Totals.OfBasis(
            settled.orElse(Co2e.ZERO),
            account.intervals(),
            settled.isPresent() ? 0 : account.intervals())
        .plus(sums.times(-1));
  }

  /** Notes that a leaf holds the account of a month, unless it was replaced meanwhile. */
  void written(long from, Content account, long leaf) {
    periods.computeIfPresent(
        from,
        (start, stored) ->
            stored.account.equals(account)
                ? new Stored(
                    stored.toMillis, account, leaf, stored.closedBy, stored.cause, stored.beyond)
                : stored);
  }

  /** Returns totals with what is settled in the place of what was provisional. */
  Totals settled(Totals totals) {
    Map<Basis, Totals.OfBasis> bases = new TreeMap<>(totals.bases());
    periods
        .values()
        .forEach(
            period ->
                period.beyond.forEach(
                    (basis, beyond) -> bases.merge(basis, beyond, Totals.OfBasis::plus)));
    return totals.with(bases);
  }

  /** Returns the starts of closed months, oldest first. */
  List<Long> starts() {
    return List.copyOf(periods.keySet());
  }

  /** Returns closed months, oldest first. */
  List<ClosedPeriod> closed() {
    return periods.values().stream().map(Stored::period).toList();
  }

  /** Returns closed months that hold a part of {@code [from, to)}, oldest first, unread. */
  List<StoredPeriod> between(long from, long to) {
    return periods.entrySet().stream()
        .filter(month -> month.getKey() < to && month.getValue().toMillis > from)
        .map(
            month -> {
              Stored stored = month.getValue();
              return new StoredPeriod(
                  month.getKey(),
                  stored.toMillis,
                  stored.account,
                  stored.leaf,
                  stored.closedBy,
                  stored.cause);
            })
        .toList();
  }

  /** Returns the closed month that holds an instant. */
  Optional<ClosedPeriod> at(long millis) {
    return Optional.ofNullable(periods.floorEntry(millis))
        .map(Map.Entry::getValue)
        .filter(month -> month.toMillis > millis)
        .map(Stored::period);
  }

  /** Returns the latest closed month. */
  Optional<ClosedPeriod> newest() {
    return Optional.ofNullable(periods.lastEntry()).map(Map.Entry::getValue).map(Stored::period);
  }

  /** Returns the start of the oldest interval in no closed month. */
  OptionalLong firstOpen() {
    OptionalLong start = book.firstFrom(Long.MIN_VALUE);
    while (start.isPresent()) {
      Map.Entry<Long, Stored> month = periods.floorEntry(start.getAsLong());
      if (month == null || month.getValue().toMillis <= start.getAsLong()) {
        return start;
      }
      start = book.firstFrom(month.getValue().toMillis);
    }
    return start;
  }
}
