package io.tracegram.cloud.inventory;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import java.util.Optional;

/**
 * A part of a lot whose figure a supplier declared; immutable.
 *
 * @param into the lot it went into
 * @param part the received lot
 * @param leaf of the footprint in the log of the facility that received it
 * @param key thumbprint of the supplier's key that signed the footprint; empty if it came unsigned
 */
public record DeclaredPart(LotId into, LotId part, long leaf, Optional<Hash> key) {}
