package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.LedgerHead;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The accounts of a time's closed intervals as they were known at one log size. To be read on one
 * thread that may wait for the disk; what it reads does not change meanwhile.
 */
public interface ClosedAccounts {
  /**
   * A time.
   *
   * @param fromMillis inclusive, ms since 1970 UTC
   * @param toMillis exclusive
   */
  record Range(long fromMillis, long toMillis) {
    static final Range NONE = new Range(0, 0);
  }

  /** Returns how far the accounts were. */
  LedgerHead head();

  /**
   * Passes the intervals of the time, oldest first, without holding more than one of them; a
   * quarter of an hour that was not closed is absent.
   */
  void each(Consumer<ClosedInterval> use);

  /** Returns the newest interval of the time. */
  Optional<ClosedInterval> newest();
}
