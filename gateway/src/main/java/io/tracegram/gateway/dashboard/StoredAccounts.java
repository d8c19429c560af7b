package io.tracegram.gateway.dashboard;

import io.tracegram.gateway.dashboard.EarlierAccounts.Known;
import io.tracegram.ledger.account.AccountCodec;
import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LedgerHead;
import io.tracegram.ledger.account.PeriodAccount;
import io.tracegram.ledger.account.StoredInterval;
import io.tracegram.ledger.account.StoredPeriod;
import io.tracegram.runtime.web.RequestRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Closed accounts as the ledger keeps them, decoded where they are read. Every account that an
 * answer is made of passes {@link #interval}.
 */
final class StoredAccounts implements ClosedAccounts {
  private final LedgerHead head;
  private final Range range;
  private final List<StoredInterval> stored;
  private final List<StoredPeriod> months;
  private final EarlierAccounts earlier;

  /**
   * @param stored of the range and of every closed month that it touches
   */
  private StoredAccounts(
      LedgerHead head,
      Range range,
      List<StoredInterval> stored,
      List<StoredPeriod> months,
      EarlierAccounts earlier) {
    this.head = head;
    this.range = range;
    this.stored = stored;
    this.months = months;
    this.earlier = earlier;
  }

  /**
   * Takes the accounts of a time from the ledger without reading them; use where the ledger is
   * confined.
   *
   * @param asOf log size, the present one if empty
   * @param range says which time, knowing how far the accounts were
   * @throws RequestRefused if the log never had so many leaves
   */
  static StoredAccounts of(
      FacilityLedger ledger,
      OptionalLong asOf,
      Function<LedgerHead, Range> range,
      EarlierAccounts.Leaves leaves) {
    LedgerHead head = head(ledger, asOf.orElse(ledger.size()));
    Range wanted = range.apply(head);
    long end = Math.min(wanted.toMillis(), head.closedThroughMillis().orElse(wanted.fromMillis()));
    List<StoredPeriod> months = ledger.storedPeriods(wanted.fromMillis(), end);
    // a month's market-based figures are partitioned over all of it
    long from = months.isEmpty() ? end : months.getFirst().fromMillis();
    long to = months.isEmpty() ? end : months.getLast().toMillis();
    return new StoredAccounts(
        head,
        new Range(wanted.fromMillis(), end),
        ledger.storedIntervals(Math.min(from, wanted.fromMillis()), Math.max(to, end)),
        months,
        new EarlierAccounts(head.size(), leaves));
  }

  private static LedgerHead head(FacilityLedger ledger, long asOf) {
    if (asOf > ledger.size()) {
      throw RequestRefused.bad(
          "the accounts stand on "
              + ledger.size()
              + " leaves: asOf must be a size that they had, from 0 to "
              + ledger.size());
    }
    return ledger
        .headAt(asOf)
        .orElseThrow(
            () ->
                RequestRefused.bad(
                    "the plant model in force at log size "
                        + asOf
                        + " is no longer at hand: replay the log up to there with tracegram"
                        + " verify"));
  }

  @Override
  public LedgerHead head() {
    return head;
  }

  @Override
  public void each(Consumer<ClosedInterval> use) {
    int next = 0;
    for (StoredPeriod month : months) {
      next = open(next, month.fromMillis(), use);
      int end = next;
      while (end < stored.size() && stored.get(end).startMillis() < month.toMillis()) {
        end++;
      }
      month(month, stored.subList(next, end), use);
      next = end;
    }
    open(next, Long.MAX_VALUE, use);
  }

  /** Passes intervals before a time; returns the number of the first that is not. */
  private int open(int first, long before, Consumer<ClosedInterval> use) {
    int next = first;
    for (; next < stored.size() && stored.get(next).startMillis() < before; next++) {
      interval(stored.get(next)).filter(this::isWanted).ifPresent(use);
    }
    return next;
  }

  private void month(
      StoredPeriod month, List<StoredInterval> intervals, Consumer<ClosedInterval> use) {
    Optional<Known> known =
        earlier.back(
            new Known(AccountCodec.decode(month.account().bytes()), month.leaf(), month.cause()));
    if (known.isEmpty()
        || !(known.get().account() instanceof Account.OfPeriod(int _, PeriodAccount account))) {
      intervals.forEach(it -> interval(it).filter(this::isWanted).ifPresent(use));
      return;
    }
    boolean settles = account.market().isPresent();
    List<ClosedInterval> whole = new ArrayList<>();
    for (StoredInterval newest : intervals) {
      if (settles || isWanted(newest.startMillis())) {
        interval(newest).ifPresent(whole::add);
      }
    }
    OptionalLong leaf = written(known.get().leaf());
    for (ClosedInterval interval : settles ? settled(account, whole) : whole) {
      if (isWanted(interval)) {
        use.accept(
            interval instanceof ClosedInterval.Whole(var quarter, var own, var _)
                ? new ClosedInterval.Whole(
                    quarter,
                    own,
                    Optional.of(
                        new ClosedInterval.Month(
                            month.fromMillis(),
                            leaf,
                            own.orElse(-1) > month.closedBy(),
                            account.market())))
                : interval);
      }
    }
  }

  private static List<ClosedInterval> settled(PeriodAccount month, List<ClosedInterval> whole) {
    List<ClosedInterval.Whole> intervals =
        whole.stream()
            .filter(ClosedInterval.Whole.class::isInstance)
            .map(ClosedInterval.Whole.class::cast)
            .toList();
    List<FacilityInterval> settled =
        month.settle(intervals.stream().map(ClosedInterval.Whole::account).toList());
    List<ClosedInterval> all =
        new ArrayList<>(whole.stream().filter(ClosedInterval.Summary.class::isInstance).toList());
    for (int i = 0; i < settled.size(); i++) {
      ClosedInterval.Whole before = intervals.get(i);
      all.add(new ClosedInterval.Whole(settled.get(i), before.leaf(), before.month()));
    }
    return all;
  }

  private boolean isWanted(ClosedInterval interval) {
    return isWanted(interval.startMillis());
  }

  private boolean isWanted(long startMillis) {
    return startMillis >= range.fromMillis() && startMillis < range.toMillis();
  }

  @Override
  public Optional<ClosedInterval> newest() {
    return stored.reversed().stream()
        .filter(newest -> isWanted(newest.startMillis()))
        .flatMap(newest -> interval(newest).stream())
        .findFirst();
  }

  /** Returns an interval as it was known; empty if it was not closed yet. */
  private Optional<ClosedInterval> interval(StoredInterval newest) {
    Known known =
        new Known(AccountCodec.decode(newest.account().bytes()), newest.leaf(), newest.cause());
    return earlier.back(known).map(this::written);
  }

  private ClosedInterval written(Known known) {
    OptionalLong leaf = written(known.leaf());
    return switch (known.account()) {
      case Account.OfFacility(int _, FacilityInterval account) ->
          new ClosedInterval.Whole(account, leaf, Optional.empty());
      case Account.OfInterval(int _, IntervalAccount account) ->
          new ClosedInterval.Summary(account, leaf);
      case Account.OfLot _, Account.OfPeriod _, Account.OfAbsorption _ ->
          throw new IllegalStateException("no account of an interval");
    };
  }

  private OptionalLong written(long leaf) {
    return leaf < 0 || leaf >= head.size() ? OptionalLong.empty() : OptionalLong.of(leaf);
  }
}
