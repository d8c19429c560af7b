package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
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
      Stock stock = book.stock.get(open.remove());
      Order by = stock == null ? null : book.orders.get(stock.order());
      if (by == null || !seen.add(by.id())) {
        continue;
      }
      if (by.id().equals(from.id())) {
        return true;
      }
      // what ended before this order began cannot have used its outputs
      if (by.endMillis() >= from.startMillis()) {
        by.inputs().stream().map(LotQuantity::lot).forEach(open::add);
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
      Stock stock = book.stock.get(next);
      Order by = stock == null ? null : book.orders.get(stock.order());
      if (by != null && seen.add(by.id())) {
        by.inputs().stream().map(LotQuantity::lot).forEach(open::add);
      }
    }
    return false;
  }
}
