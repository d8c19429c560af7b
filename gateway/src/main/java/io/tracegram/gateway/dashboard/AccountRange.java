package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.plant.PlantModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Closed intervals of a span of time. Immutable.
 *
 * @param size leaves in the accounts
 * @param intervals oldest first; a quarter of an hour that is not closed is absent
 */
public record AccountRange(
    long size,
    Optional<PlantModel> plant,
    OptionalLong closedThroughMillis,
    List<IntervalAccount> intervals) {
  public AccountRange {
    intervals = List.copyOf(intervals);
  }

  /** Reads the ledger; call where the ledger is confined. */
  public static AccountRange of(FacilityLedger ledger, long fromMillis, long toMillis) {
    return new AccountRange(
        ledger.size(),
        ledger.plant(),
        ledger.closedThroughMillis(),
        ledger.intervals(fromMillis, toMillis));
  }
}
