package io.tracegram.ledger.account;

import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.statement.Content;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Closed intervals, as their leaves hold them, and their sums. Single-threaded. */
final class IntervalBook {
  private final TreeMap<Long, StoredInterval> intervals = new TreeMap<>();
  private final Sums sums;

  /** All of it. */
  record State(SortedMap<Long, StoredInterval> intervals, Sums.State sums) {}

  IntervalBook(State state) {
    intervals.putAll(state.intervals);
    sums = new Sums(state.sums);
  }

  IntervalBook() {
    this(new State(new TreeMap<>(), Sums.empty()));
  }

  State state() {
    return new State(intervals, sums.state());
  }

  /**
   * Keeps an interval's account, in the place of the one before if there is one.
   *
   * @param cause leaf of the close that brings it about
   */
  Content put(Account account, long cause) {
    IntervalAccount summary = summary(account);
    long start = summary.startMillis();
    StoredInterval before = intervals.get(start);
    if (before != null) {
      Account replaced = AccountCodec.decode(before.account().bytes());
      sums.subtract(summary(replaced), facility(replaced));
    }
    Content encoded = Content.of(AccountCodec.encode(account));
    intervals.put(start, new StoredInterval(start, encoded, -1, cause));
    sums.add(summary, facility(account));
    return encoded;
  }

  /** Notes that a leaf holds the account of an interval, unless it was replaced meanwhile. */
  void written(long start, Content encoded, long leaf) {
    StoredInterval stored = intervals.get(start);
    if (stored != null && stored.account().equals(encoded)) {
      intervals.put(start, new StoredInterval(start, encoded, leaf, stored.cause()));
    }
  }

  /** Returns accounts of intervals that start in {@code [from, to)}, oldest first. */
  List<IntervalAccount> between(long from, long to) {
    return accounts(from, to).stream().map(IntervalBook::summary).toList();
  }

  /** Returns whole accounts in {@code [from, to)}, oldest first, since the second calculator. */
  List<FacilityInterval> facilityIntervals(long from, long to) {
    return accounts(from, to).stream().flatMap(account -> facility(account).stream()).toList();
  }

  Optional<FacilityInterval> facilityInterval(long start) {
    StoredInterval stored = intervals.get(start);
    return stored == null
        ? Optional.empty()
        : facility(AccountCodec.decode(stored.account().bytes()));
  }

  /** Returns the starts of intervals whose price is unknown on one of these bases. */
  List<Long> unpriced(Set<Basis> bases) {
    if (bases.stream().noneMatch(sums::lacks)) {
      return List.of();
    }
    return facilityIntervals(intervals.firstKey(), intervals.lastKey() + 1).stream()
        .filter(
            interval ->
                interval.bases().stream()
                    .anyMatch(basis -> bases.contains(basis) && interval.co2e(basis).isEmpty()))
        .map(FacilityInterval::startMillis)
        .toList();
  }

  boolean isEmpty() {
    return intervals.isEmpty();
  }

  boolean isEmpty(long from, long to) {
    return intervals.subMap(from, to).isEmpty();
  }

  /** Returns the start of the first interval at or after a time. */
  OptionalLong firstFrom(long millis) {
    Long first = intervals.ceilingKey(millis);
    return first == null ? OptionalLong.empty() : OptionalLong.of(first);
  }

  boolean contains(long start) {
    return intervals.containsKey(start);
  }

  /** Returns the leaf that holds an interval's account; empty until it is written. */
  OptionalLong leaf(long start) {
    StoredInterval stored = intervals.get(start);
    return stored == null || stored.leaf() < 0
        ? OptionalLong.empty()
        : OptionalLong.of(stored.leaf());
  }

  Totals totals(long readings, long agentStatements, long leaves) {
    return sums.totals(intervals.size(), readings, agentStatements, leaves);
  }

  /** Returns accounts in {@code [from, to)} as they are kept, oldest first. */
  List<StoredInterval> stored(long from, long to) {
    return from >= to ? List.of() : List.copyOf(intervals.subMap(from, to).values());
  }

  private List<Account> accounts(long from, long to) {
    return from >= to
        ? List.of()
        : intervals.subMap(from, to).values().stream()
            .map(stored -> AccountCodec.decode(stored.account().bytes()))
            .toList();
  }

  static IntervalAccount summary(Account account) {
    return switch (account) {
      case Account.OfInterval(int _, IntervalAccount interval) -> interval;
      case Account.OfFacility(int _, FacilityInterval interval) -> interval.summary();
      case Account.OfLot _, Account.OfPeriod _, Account.OfAbsorption _ ->
          throw new IllegalArgumentException("no account of an interval");
    };
  }

  private static Optional<FacilityInterval> facility(Account account) {
    return account instanceof Account.OfFacility(int _, FacilityInterval interval)
        ? Optional.of(interval)
        : Optional.empty();
  }
}
