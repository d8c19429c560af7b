package io.tracegram.gateway.custody;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.plant.PlantModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Some custody events, newest first. Immutable.
 *
 * @param size leaves in the accounts
 * @param older number of events before these: the {@code before} of the next page; empty if none
 */
public record EventPage(
    long size, Optional<PlantModel> plant, List<CustodyEvent> newestFirst, OptionalLong older) {
  public EventPage {
    newestFirst = List.copyOf(newestFirst);
  }

  /**
   * Reads the ledger; call where the ledger is confined.
   *
   * @param before take events numbered below this, all of them if empty
   * @param limit at most so many, ≥ 1
   */
  public static EventPage of(FacilityLedger ledger, OptionalLong before, int limit) {
    List<CustodyEvent> all = ledger.events();
    int end = (int) Math.min(before.orElse(all.size()), all.size());
    int start = Math.max(0, end - limit);
    return new EventPage(
        ledger.size(),
        ledger.plant(),
        all.subList(start, end).reversed(),
        start > 0 ? OptionalLong.of(start) : OptionalLong.empty());
  }
}
