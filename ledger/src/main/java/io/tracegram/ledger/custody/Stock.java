package io.tracegram.ledger.custody;

import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;

/**
 * A lot on the floor; immutable.
 *
 * @param mass when it was received or produced
 * @param remaining not yet consumed, scrapped or shipped
 * @param order that produced it, empty if it was received
 * @param revision 0, and one more each time it is reworked
 * @param past its revisions before this one, the first at the beginning
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
    List<Past> past,
    Mass typed) {
  /** Where a lot is. */
  public enum Place {
    RECEIVED,
    PRODUCED,
    CONSUMED,
    SHIPPED,
    SCRAPPED
  }

  /**
   * What a lot was before it was reworked.
   *
   * @param order that made this revision, empty if it was received
   */
  public record Past(Mass mass, String order) {}

  public Stock {
    past = List.copyOf(past);
  }

  /** A lot that was not reworked. */
  public Stock(
      LotId lot,
      Place place,
      Mass mass,
      Mass remaining,
      long sinceMillis,
      String order,
      int revision) {
    this(lot, place, mass, remaining, sinceMillis, order, revision, List.of(), Mass.ZERO);
  }

  /** Returns ids of the orders that made it, the first at the beginning. */
  public List<String> makers() {
    List<String> makers = new ArrayList<>(past.stream().map(Past::order).toList());
    makers.add(order);
    makers.removeIf(String::isEmpty);
    return makers;
  }

  /** Returns its mass when it was new here. */
  public Mass firstMass() {
    return past.isEmpty() ? mass : past.getFirst().mass();
  }

  static Stock received(LotId lot, Mass mass, long millis) {
    return new Stock(lot, Place.RECEIVED, mass, mass, millis, "", 0);
  }

  static Stock produced(LotId lot, Mass mass, long millis, String order) {
    return new Stock(lot, Place.PRODUCED, mass, mass, millis, order, 0);
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
    List<Past> before = new ArrayList<>(past);
    before.add(new Past(mass, order));
    return new Stock(
        lot,
        Place.PRODUCED,
        now,
        now,
        millis,
        by,
        revision + 1,
        before,
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
        past,
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
        past,
        typed);
  }
}
