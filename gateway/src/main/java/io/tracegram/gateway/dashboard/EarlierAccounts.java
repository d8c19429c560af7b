package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.AccountCodec;
import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.PeriodAccount;
import io.tracegram.ledger.account.Revision;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.RequestRefused;
import java.util.Optional;

/**
 * Goes back from an interval's newest account to the one that was known at a log size, by the
 * leaves that hold what was restated since. For one answer; single-threaded.
 */
final class EarlierAccounts {
  /** A year of quarters of an hour that were all restated once, and some. */
  private static final int MOST_READ = 50_000;

  private final long size;
  private final Leaves leaves;
  private int read;

  /** The log's leaves; may wait for the disk. */
  interface Leaves {
    Leaf leaf(long index);
  }

  /**
   * An account of an interval or a month.
   *
   * @param leaf that holds it, −1 if it is not written
   * @param cause leaf since which the accounts know it
   */
  record Known(Account account, long leaf, long cause) {}

  /**
   * @param size of the log that is asked about
   */
  EarlierAccounts(long size, Leaves leaves) {
    this.size = size;
    this.leaves = leaves;
  }

  /**
   * Returns the account that was known; empty if the interval had none yet.
   *
   * @throws RequestRefused if the log does not lead there, or too much would have to be read
   */
  Optional<Known> back(Known newest) {
    Known known = newest;
    while (known.cause >= size) {
      Optional<Known> before =
          switch (known.account) {
            case Account.OfFacility(int _, FacilityInterval account) ->
                before(account.startMillis(), account.revision());
            case Account.OfPeriod(int _, PeriodAccount month) ->
                before(month.fromMillis(), month.revision());
            case Account.OfInterval _, Account.OfLot _, Account.OfAbsorption _ -> Optional.empty();
          };
      if (before.isEmpty()) {
        return Optional.empty();
      }
      known = before.get();
    }
    return Optional.of(known);
  }

  private Optional<Known> before(long start, Revision revision) {
    if (revision.number() == 0) {
      return Optional.empty();
    }
    if (revision.previous() < 0) {
      throw RequestRefused.bad(
          "the account of "
              + Json.time(start)
              + " was replaced before it was written: at log size "
              + size
              + " no leaf tells it");
    }
    if (++read > MOST_READ) {
      throw RequestRefused.bad(
          "more than "
              + MOST_READ
              + " accounts of this time were replaced after log size "
              + size
              + ": ask for a shorter time");
    }
    Body body = leaves.leaf(revision.previous()).statement().statement().body();
    if (!(body instanceof Body.Derived derived) || derived.kind() != Kind.ACCOUNT) {
      throw new IllegalStateException(
          "leaf " + revision.previous() + " was replaced as an account and holds none");
    }
    return Optional.of(
        new Known(
            AccountCodec.decode(derived.content().bytes()), revision.previous(), derived.cause()));
  }
}
