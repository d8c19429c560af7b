package io.tracegram.ledger.lot;

import io.tracegram.ledger.custody.LotId;

/**
 * A lot until it is reworked, or from then on; immutable. So what a lot carries follows from what
 * it was before, and no lot is made of itself.
 *
 * @param revision how often it had been reworked
 */
public record Stage(LotId lot, int revision) {
  public Stage {
    if (revision < 0) {
      throw new IllegalArgumentException("revision " + revision + " of " + lot);
    }
  }

  /** Returns a lot that was not reworked. */
  public static Stage first(LotId lot) {
    return new Stage(lot, 0);
  }
}
