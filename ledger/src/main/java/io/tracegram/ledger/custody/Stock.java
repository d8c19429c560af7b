package io.tracegram.ledger.custody;

import io.tracegram.ledger.quantity.Mass;

/**
 * A lot on the floor; immutable.
 *
 * @param mass when it was received or produced
 * @param remaining not yet consumed or shipped
 * @param order that produced it, empty if it was received
 */
public record Stock(
    LotId lot, Place place, Mass mass, Mass remaining, long sinceMillis, String order) {
  /** Where a lot is. */
  public enum Place {
    RECEIVED,
    PRODUCED,
    CONSUMED,
    SHIPPED
  }

  Stock withdrawn(Mass part, long millis) {
    Mass rest = remaining.minus(part);
    boolean empty = rest.milligrams() == 0;
    return new Stock(
        lot, empty ? Place.CONSUMED : place, mass, rest, empty ? millis : sinceMillis, order);
  }

  Stock shipped(long millis) {
    return new Stock(lot, Place.SHIPPED, mass, Mass.ZERO, millis, order);
  }
}
