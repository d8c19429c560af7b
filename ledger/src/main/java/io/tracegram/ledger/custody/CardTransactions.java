package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.Detail;
import java.util.List;
import java.util.Optional;

/** What is shipped or received for a business transaction, on the floor with cards. Stateless. */
final class CardTransactions {
  private CardTransactions() {}

  /** The label of a transaction: what was open ends, and it is open now. */
  static Floor.Outcome open(Change change, BusinessTransaction transaction) {
    if (change.opened().transaction().equals(Optional.of(transaction))) {
      return new Floor.Outcome.Refused(
          "custody.transaction-open",
          change.act.scanner().id(),
          name(transaction) + " is open already",
          "scan what belongs to it, then TGM:FINISH");
    }
    String ended = change.opened().transaction().map(_ -> end(change) + ". ").orElse("");
    change.put(Opened.of(transaction));
    return change.done(
        ended + "For " + name(transaction) + ": scan what belongs to it, then TGM:FINISH");
  }

  static Floor.Outcome finish(Change change) {
    String ended = end(change);
    change.put(Opened.NOTHING);
    return change.done(ended);
  }

  private static String end(Change change) {
    Opened open = change.opened();
    BusinessTransaction transaction = open.transaction().orElseThrow();
    int count = open.lots().size() + open.units().size();
    if (count == 0) {
      return "Nothing was scanned for " + name(transaction);
    }
    change.happened(
        change
            .act
            .event(change.plant, CustodyEvent.Type.TRANSACTED, List.of(), open.lots())
            .with(new Detail(0, open.units(), Optional.of(transaction), List.of())));
    return "%d scanned for %s".formatted(count, name(transaction));
  }

  private static String name(BusinessTransaction transaction) {
    return switch (transaction.type()) {
      case PURCHASE_ORDER -> "order " + transaction.number();
      case CONSIGNMENT -> "consignment " + transaction.number();
      case SHIPMENT -> "shipment " + transaction.number();
    };
  }
}
