package io.tracegram.ledger.custody;

import io.tracegram.ledger.quantity.Mass;

/**
 * A lot on the floor; immutable.
 *
 * @param mass when it was received or produced
 * @param remaining not yet consumed, scrapped or shipped
 * @param order that produced it, empty if it was received
 * @param revision 0, and one more each time it is reworked
 * @param typed how much of {@code mass} rests on weights that people typed
 */
public record Stock(
    LotId lot,
    Place place,
    Mass mass,
    Mass remaining,
    long sinceMillis,
    String order,
    int revision,
    Mass typed) {
  /** Where a lot is. */
  public enum Place {
    RECEIVED,
    PRODUCED,
    CONSUMED,
    SHIPPED,
    SCRAPPED
  }

  static Stock received(LotId lot, Mass mass, long millis) {
    return new Stock(lot, Place.RECEIVED, mass, mass, millis, "", 0, Mass.ZERO);
  }

  static Stock produced(LotId lot, Mass mass, long millis, String order) {
    return new Stock(lot, Place.PRODUCED, mass, mass, millis, order, 0, Mass.ZERO);
  }

  Stock withdrawn(Mass part, long millis) {
    return without(part, Place.CONSUMED, millis);
  }

  Stock scrapped(Mass part, long millis) {
    return without(part, Place.SCRAPPED, millis);
  }

  Stock shipped(long millis) {
    return without(remaining, Place.SHIPPED, millis);
  }

  /** The same lot again, after more work on all of it. */
  Stock reworked(Mass now, long millis, String by) {
    return new Stock(
        lot,
        Place.PRODUCED,
        now,
        now,
        millis,
        by,
        revision + 1,
        TypedWeights.part(now, typed, mass));
  }

  /** The same, of which at least so much rests on typed weights. */
  Stock typed(Mass part) {
    return new Stock(
        lot,
        place,
        mass,
        remaining,
        sinceMillis,
        order,
        revision,
        new Mass(Math.min(mass.milligrams(), Math.max(typed.milligrams(), part.milligrams()))));
  }

  private Stock without(Mass part, Place then, long millis) {
    Mass rest = remaining.minus(part);
    boolean empty = rest.milligrams() == 0;
    return new Stock(
        lot,
        empty ? then : place,
        mass,
        rest,
        empty ? millis : sinceMillis,
        order,
        revision,
        typed);
  }
}
