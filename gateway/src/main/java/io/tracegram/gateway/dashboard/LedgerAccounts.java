package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.plant.PlantModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads a ledger's closed accounts; use where the ledger is confined. */
public final class LedgerAccounts implements ClosedAccounts {
  private static final long CHUNK_MILLIS = 96 * IntervalAccount.LENGTH_MILLIS;

  private final FacilityLedger ledger;

  public LedgerAccounts(FacilityLedger ledger) {
    this.ledger = ledger;
  }

  /** Returns the leaf of each interval's account, by start, as far as it is written. */
  static Map<Long, Long> leaves(FacilityLedger ledger, List<IntervalAccount> intervals) {
    Map<Long, Long> leaves = new HashMap<>();
    for (IntervalAccount interval : intervals) {
      ledger
          .intervalLeaf(interval.startMillis())
          .ifPresent(leaf -> leaves.put(interval.startMillis(), leaf));
    }
    return leaves;
  }

  @Override
  public long size() {
    return ledger.size();
  }

  @Override
  public Optional<PlantModel> plant() {
    return ledger.plant();
  }

  @Override
  public OptionalLong plantMillis() {
    return ledger.plantMillis();
  }

  @Override
  public OptionalLong closedThroughMillis() {
    return ledger.closedThroughMillis();
  }

  @Override
  public void between(long fromMillis, long toMillis, Consumer<ClosedInterval> use) {
    long end = Math.min(toMillis, ledger.closedThroughMillis().orElse(fromMillis));
    for (long from = fromMillis; from < end; from += CHUNK_MILLIS) {
      chunk(from, Math.min(end, from + CHUNK_MILLIS), use);
    }
  }

  private void chunk(long from, long to, Consumer<ClosedInterval> use) {
    List<FacilityInterval> whole = ledger.facilityIntervals(from, to);
    if (whole.size() == (to - from) / IntervalAccount.LENGTH_MILLIS) {
      whole.forEach(account -> use.accept(whole(account)));
      return;
    }
    Map<Long, FacilityInterval> known = new HashMap<>();
    whole.forEach(account -> known.put(account.startMillis(), account));
    for (IntervalAccount summary : ledger.intervals(from, to)) {
      FacilityInterval account = known.get(summary.startMillis());
      use.accept(
          account == null
              ? new ClosedInterval.Summary(summary, ledger.intervalLeaf(summary.startMillis()))
              : whole(account));
    }
  }

  private ClosedInterval whole(FacilityInterval account) {
    return new ClosedInterval.Whole(account, ledger.intervalLeaf(account.startMillis()));
  }
}
