package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.IntervalAccount;
import java.util.OptionalLong;

/** A closed quarter of an hour and the leaf that holds its account, once it is written. */
public sealed interface ClosedInterval {
  OptionalLong leaf();

  long startMillis();

  /** One with its whole account. */
  record Whole(FacilityInterval account, OptionalLong leaf) implements ClosedInterval {
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
