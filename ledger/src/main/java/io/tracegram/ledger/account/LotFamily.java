package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;

/**
 * What a lot was made of and what was made of it, through this facility; immutable.
 *
 * @param ancestors each step towards the lots that were received, nearest first
 * @param descendants each step towards the lots that are here or went out, nearest first
 * @param whole false if there is more than these tell
 */
public record LotFamily(List<Step> ancestors, List<Step> descendants, boolean whole) {
  /**
   * One lot went into an order that made another.
   *
   * @param mass of {@code from} that went in, for all that the order made
   */
  public record Step(String order, LotId from, LotId to, Mass mass) {}

  public LotFamily {
    ancestors = List.copyOf(ancestors);
    descendants = List.copyOf(descendants);
  }
}
