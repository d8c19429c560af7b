package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.Market;
import java.util.Optional;
import java.util.OptionalLong;

/** A closed quarter of an hour and the leaf that holds its account, once it is written. */
public sealed interface ClosedInterval {
  OptionalLong leaf();

  long startMillis();

  /**
   * The month of a closed quarter of an hour, if it is closed.
   *
   * @param fromMillis its start
   * @param leaf that holds the month's account, once it is written
   * @param restatedSince whether the quarter's account came after the month's close
   * @param market what covered its electricity; empty if nothing does
   */
  record Month(
      long fromMillis, OptionalLong leaf, boolean restatedSince, Optional<Market> market) {}

  /**
   * One with its whole account.
   *
   * @param month empty while it is open: market-based figures are provisional then
   */
  record Whole(FacilityInterval account, OptionalLong leaf, Optional<Month> month)
      implements ClosedInterval {
    @Override
    public long startMillis() {
      return account.startMillis();
    }
  }

  /** One of the first calculator, which kept a summary. */
  record Summary(IntervalAccount account, OptionalLong leaf) implements ClosedInterval {
    @Override
    public long startMillis() {
      return account.startMillis();
    }
  }
}
