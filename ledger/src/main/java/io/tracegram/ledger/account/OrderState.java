package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.LotId;
import java.util.List;
import java.util.Optional;

/**
 * A production order: inputs at a workstation until an output is scanned; immutable.
 *
 * @param id workstation and the leaf that opened it
 * @param output present once finished
 * @param own share of the intervals closed so far
 * @param priced false if one of those lacks a factor: then the CO2e of {@code own} is a part, and
 *     the whole is not known
 */
public record OrderState(
    String id,
    String workstation,
    long startMillis,
    List<LotQuantity> inputs,
    Optional<LotId> output,
    Share own,
    boolean priced) {
  public OrderState {
    inputs = List.copyOf(inputs);
  }
}
