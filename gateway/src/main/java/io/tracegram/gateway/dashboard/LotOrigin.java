package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.FootprintState;
import io.tracegram.ledger.claim.Coverage;
import java.util.Optional;

/**
 * What suppliers say of a lot's material. Immutable.
 *
 * @param footprint that a received lot rests on
 * @param claims that cover it, or a part of it
 */
public record LotOrigin(Optional<FootprintState> footprint, Coverage claims) {
  public static final LotOrigin NONE = new LotOrigin(Optional.empty(), Coverage.NONE);
}
