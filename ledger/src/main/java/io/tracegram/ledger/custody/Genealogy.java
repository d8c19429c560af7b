package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Which lot came of which order. Stateless. */
final class Genealogy {
  private Genealogy() {}

  /** Says whether a lot came, by any number of orders, of this one. */
  static boolean descends(FloorBook book, LotId lot, Order from) {
    Set<String> seen = new HashSet<>();
    Deque<LotId> open = new ArrayDeque<>();
    open.add(lot);
    while (!open.isEmpty()) {
      for (Order by : makers(book, open.remove())) {
        if (by.id().equals(from.id())) {
          return true;
        }
        // what ended before this order began cannot have used its outputs
        if (seen.add(by.id()) && by.endMillis() >= from.startMillis()) {
          by.inputs().stream().map(LotQuantity::lot).forEach(open::add);
        }
      }
    }
    return false;
  }

  /** Says whether a lot was made, by any number of orders, of another. */
  static boolean isMadeOf(FloorBook book, LotId lot, LotId ancestor) {
    Set<String> seen = new HashSet<>();
    Deque<LotId> open = new ArrayDeque<>();
    open.add(lot);
    while (!open.isEmpty()) {
      LotId next = open.remove();
      if (next.equals(ancestor)) {
        return true;
      }
      for (Order by : makers(book, next)) {
        if (seen.add(by.id())) {
          by.inputs().stream().map(LotQuantity::lot).forEach(open::add);
        }
      }
    }
    return false;
  }

  private static List<Order> makers(FloorBook book, LotId lot) {
    Stock stock = book.stock.get(lot);
    return stock == null
        ? List.of()
        : stock.makers().stream().map(book.orders::get).filter(Objects::nonNull).toList();
  }
}
