package io.tracegram.ledger.custody;

import io.tracegram.ledger.quantity.Mass;

/** What weighing can tell. Stateless. */
final class Scales {
  /** Two weighings of the same goods may differ by a part in this many. */
  private static final long TOLERANCE = 1_000;

  /**
   * What one scale can show at most, 100 t: keeps every product of a mass and a factor in range.
   */
  static final Mass HEAVIEST = new Mass(100_000_000_000L);

  private Scales() {}

  static boolean exceeds(Mass mass, Mass limit) {
    return mass.milligrams() - limit.milligrams() > limit.milligrams() / TOLERANCE;
  }
}
