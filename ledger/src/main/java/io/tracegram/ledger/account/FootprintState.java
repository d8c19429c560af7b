package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A supplier's declared footprint as the ledger knows it now; immutable.
 *
 * @param leaf that holds it
 * @param sha256 of the declared bytes
 * @param lot the one that it is for; empty if it is for the product
 * @param key thumbprint of the supplier's key that signed it; empty if it came unsigned
 * @param deprecated by its supplier
 * @param successor leaf of the footprint that replaces it
 * @param used how many lots rest on it
 * @param lots the first of those, at most {@value #LOTS}
 */
public record FootprintState(
    long leaf,
    Hash sha256,
    Optional<LotId> lot,
    DeclaredFootprint footprint,
    Optional<Hash> key,
    boolean deprecated,
    OptionalLong successor,
    int used,
    List<LotId> lots) {
  /** Most lots that are named. */
  public static final int LOTS = 100;

  public FootprintState {
    lots = List.copyOf(lots);
  }
}
