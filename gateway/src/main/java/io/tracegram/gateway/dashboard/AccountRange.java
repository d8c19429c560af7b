package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.plant.PlantModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Closed intervals of a span of time. Immutable.
 *
 * @param size leaves in the accounts
 * @param intervals oldest first; a quarter of an hour that is not closed is absent
 * @param leaves the leaf of each of their accounts, by start, as far as it is written
 */
public record AccountRange(
    long size,
    Optional<PlantModel> plant,
    OptionalLong closedThroughMillis,
    List<IntervalAccount> intervals,
    Map<Long, Long> leaves) {
  public AccountRange {
    intervals = List.copyOf(intervals);
    leaves = Map.copyOf(leaves);
  }

  /** Reads the ledger; call where the ledger is confined. */
  public static AccountRange of(FacilityLedger ledger, long fromMillis, long toMillis) {
    List<IntervalAccount> intervals = ledger.intervals(fromMillis, toMillis);
    return new AccountRange(
        ledger.size(),
        ledger.plant(),
        ledger.closedThroughMillis(),
        intervals,
        leaves(ledger, intervals));
  }

  static Map<Long, Long> leaves(FacilityLedger ledger, List<IntervalAccount> intervals) {
    Map<Long, Long> leaves = new HashMap<>();
    for (IntervalAccount interval : intervals) {
      ledger
          .intervalLeaf(interval.startMillis())
          .ifPresent(leaf -> leaves.put(interval.startMillis(), leaf));
    }
    return leaves;
  }
}
