package io.tracegram.ledger.custody;

import io.tracegram.ledger.quantity.Mass;

/** What changed for the books of lots. */
public sealed interface Movement {
  /** A lot came from outside. */
  record Received(LotId lot, Mass mass, long millis) implements Movement {}

  /**
   * An order was opened or changed in any way; it replaces the order of this id as it was before.
   *
   * @param order without inputs and outputs, and of no duration, if its beginning was undone
   */
  record Worked(Order order) implements Movement {}

  /** A lot, or a part of it, is no longer good. */
  record Scrapped(LotId lot, Mass mass) implements Movement {}

  /** What was left of a lot went out. */
  record Shipped(LotId lot, Mass mass) implements Movement {}

  /** A lot that was received, scrapped or shipped was not: its scan was undone. */
  record Corrected(Movement undone) implements Movement {}
}
