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
  private final TreeMap<Long, Stored> intervals = new TreeMap<>();
  private final Sums sums;

  /** An account's bytes and the leaf that holds them, −1 until it is written. */
  record Stored(Content account, long leaf) {}

  /** All of it. */
  record State(SortedMap<Long, Stored> intervals, Sums.State sums) {}

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

  /** Keeps an interval's account, in the place of the one before if there is one. */
  Content put(Account account) {
    IntervalAccount summary = summary(account);
    long start = summary.startMillis();
    Stored before = intervals.get(start);
    if (before != null) {
      Account replaced = AccountCodec.decode(before.account.bytes());
      sums.subtract(summary(replaced), facility(replaced));
    }
    Content encoded = Content.of(AccountCodec.encode(account));
    intervals.put(start, new Stored(encoded, -1));
    sums.add(summary, facility(account));
    return encoded;
  }

  /** Notes that a leaf holds the account of an interval, unless it was replaced meanwhile. */
  void written(long start, Content encoded, long leaf) {
    Stored stored = intervals.get(start);
    if (stored != null && stored.account.equals(encoded)) {
      intervals.put(start, new Stored(encoded, leaf));
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
    Stored stored = intervals.get(start);
    return stored == null
        ? Optional.empty()
        : facility(AccountCodec.decode(stored.account.bytes()));
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

  boolean contains(long start) {
    return intervals.containsKey(start);
  }

  /** Returns the leaf that holds an interval's account; empty until it is written. */
  OptionalLong leaf(long start) {
    Stored stored = intervals.get(start);
    return stored == null || stored.leaf < 0 ? OptionalLong.empty() : OptionalLong.of(stored.leaf);
  }

  Totals totals(long readings, long agentStatements, long leaves) {
    return sums.totals(intervals.size(), readings, agentStatements, leaves);
  }

  private List<Account> accounts(long from, long to) {
    return from >= to
        ? List.of()
        : intervals.subMap(from, to).values().stream()
            .map(stored -> AccountCodec.decode(stored.account.bytes()))
            .toList();
  }

  static IntervalAccount summary(Account account) {
    return switch (account) {
      case Account.OfInterval(int _, IntervalAccount interval) -> interval;
      case Account.OfFacility(int _, FacilityInterval interval) -> interval.summary();
      case Account.OfLot _ -> throw new IllegalArgumentException("a lot is no interval");
    };
  }

  private static Optional<FacilityInterval> facility(Account account) {
    return account instanceof Account.OfFacility(int _, FacilityInterval interval)
        ? Optional.of(interval)
        : Optional.empty();
  }
}
