package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import java.util.List;

/**
 * A production order: from the first input at a workstation to the output; immutable.
 *
 * @param id workstation and index of the leaf that opened it, {@code calciner@1234}
 * @param endMillis {@link Long#MAX_VALUE} while it runs
 */
public record Order(
    String id, String workstation, long startMillis, long endMillis, List<LotQuantity> inputs) {
  public Order {
    inputs = List.copyOf(inputs);
  }

  boolean isRunning() {
    return endMillis == Long.MAX_VALUE;
  }
}
