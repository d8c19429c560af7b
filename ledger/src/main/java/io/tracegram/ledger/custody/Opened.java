package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a label opened, and {@code TGM:FINISH} or the next such label ends; immutable.
 *
 * @param unit into which the next lots go
 * @param transaction for which the next lots and units are shipped or received
 * @param lots of the transaction so far
 * @param units of the transaction so far
 */
record Opened(
    Optional<ContainerId> unit,
    Optional<BusinessTransaction> transaction,
    List<LotQuantity> lots,
    List<ContainerId> units) {
  static final Opened NOTHING =
      new Opened(Optional.empty(), Optional.empty(), List.of(), List.of());

  Opened {
    lots = List.copyOf(lots);
    units = List.copyOf(units);
  }

  static Opened of(ContainerId unit) {
    return new Opened(Optional.of(unit), Optional.empty(), List.of(), List.of());
  }

  static Opened of(BusinessTransaction transaction) {
    return new Opened(Optional.empty(), Optional.of(transaction), List.of(), List.of());
  }

  Opened with(LotQuantity lot) {
    List<LotQuantity> more = new ArrayList<>(lots);
    more.add(lot);
    return new Opened(unit, transaction, more, units);
  }

  Opened with(ContainerId shipped) {
    List<ContainerId> more = new ArrayList<>(units);
    more.add(shipped);
    return new Opened(unit, transaction, lots, more);
  }
}
