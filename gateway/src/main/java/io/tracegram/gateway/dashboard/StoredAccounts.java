package io.tracegram.gateway.dashboard;

import io.tracegram.gateway.dashboard.EarlierAccounts.Known;
import io.tracegram.ledger.account.AccountCodec;
import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LedgerHead;
import io.tracegram.ledger.account.StoredInterval;
import io.tracegram.runtime.web.RequestRefused;
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
  private final List<StoredInterval> stored;
  private final EarlierAccounts earlier;

  private StoredAccounts(LedgerHead head, List<StoredInterval> stored, EarlierAccounts earlier) {
    this.head = head;
    this.stored = stored;
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
    return new StoredAccounts(
        head,
        ledger.storedIntervals(wanted.fromMillis(), end),
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
    for (StoredInterval newest : stored) {
      interval(newest).ifPresent(use);
    }
  }

  @Override
  public Optional<ClosedInterval> newest() {
    return stored.reversed().stream().flatMap(newest -> interval(newest).stream()).findFirst();
  }

  /** Returns an interval as it was known; empty if it was not closed yet. */
  private Optional<ClosedInterval> interval(StoredInterval newest) {
    Known known =
        new Known(AccountCodec.decode(newest.account().bytes()), newest.leaf(), newest.cause());
    return earlier.back(known).map(this::written);
  }

  private ClosedInterval written(Known known) {
    OptionalLong leaf =
        known.leaf() < 0 || known.leaf() >= head.size()
            ? OptionalLong.empty()
            : OptionalLong.of(known.leaf());
    return switch (known.account()) {
      case Account.OfFacility(int _, FacilityInterval account) ->
          new ClosedInterval.Whole(account, leaf);
      case Account.OfInterval(int _, IntervalAccount account) ->
          new ClosedInterval.Summary(account, leaf);
      case Account.OfLot _, Account.OfPeriod _ ->
          throw new IllegalStateException("an interval has another's account");
    };
  }
}
