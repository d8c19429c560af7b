package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.LedgerHead;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Accounts that a test made. Immutable. */
record SampleAccounts(LedgerHead head, List<ClosedInterval> intervals) implements ClosedAccounts {
  /** Returns those of a time. */
  SampleAccounts within(Range range) {
    return new SampleAccounts(
        head,
        intervals.stream()
            .filter(interval -> interval.startMillis() >= range.fromMillis())
            .filter(interval -> interval.startMillis() < range.toMillis())
            .toList());
  }

  @Override
  public void each(Consumer<ClosedInterval> use) {
    intervals.forEach(use);
  }

  @Override
  public Optional<ClosedInterval> newest() {
    return intervals.isEmpty() ? Optional.empty() : Optional.of(intervals.getLast());
  }
}
