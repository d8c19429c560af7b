package io.tracegram.ledger.custody;

import io.tracegram.ledger.quantity.Mass;

/**
 * What came and went of a material in some time; immutable. What is undone is taken off when it is
 * undone, so that each may be negative.
 *
 * @param produced by orders, scrap and waste among it
 * @param consumed by orders
 * @param shipped of a material that is no waste
 * @param scrapped of what was in stock
 * @param waste of a material that is waste: what was shipped
 */
public record MaterialFlow(
    Mass received, Mass produced, Mass consumed, Mass shipped, Mass scrapped, Mass waste) {
  public static final MaterialFlow NONE =
      new MaterialFlow(Mass.ZERO, Mass.ZERO, Mass.ZERO, Mass.ZERO, Mass.ZERO, Mass.ZERO);

  static MaterialFlow received(Mass mass) {
    return new MaterialFlow(mass, Mass.ZERO, Mass.ZERO, Mass.ZERO, Mass.ZERO, Mass.ZERO);
  }

  static MaterialFlow produced(Mass mass) {
    return new MaterialFlow(Mass.ZERO, mass, Mass.ZERO, Mass.ZERO, Mass.ZERO, Mass.ZERO);
  }

  static MaterialFlow consumed(Mass mass) {
    return new MaterialFlow(Mass.ZERO, Mass.ZERO, mass, Mass.ZERO, Mass.ZERO, Mass.ZERO);
  }

  static MaterialFlow shipped(Mass mass) {
    return new MaterialFlow(Mass.ZERO, Mass.ZERO, Mass.ZERO, mass, Mass.ZERO, Mass.ZERO);
  }

  static MaterialFlow scrapped(Mass mass) {
    return new MaterialFlow(Mass.ZERO, Mass.ZERO, Mass.ZERO, Mass.ZERO, mass, Mass.ZERO);
  }

  static MaterialFlow waste(Mass mass) {
    return new MaterialFlow(Mass.ZERO, Mass.ZERO, Mass.ZERO, Mass.ZERO, Mass.ZERO, mass);
  }

  public MaterialFlow plus(MaterialFlow other) {
    return new MaterialFlow(
        received.plus(other.received),
        produced.plus(other.produced),
        consumed.plus(other.consumed),
        shipped.plus(other.shipped),
        scrapped.plus(other.scrapped),
        waste.plus(other.waste));
  }

  /** Returns by how much the stock grew. */
  public Mass net() {
    return received.plus(produced).minus(consumed).minus(shipped).minus(scrapped).minus(waste);
  }
}
