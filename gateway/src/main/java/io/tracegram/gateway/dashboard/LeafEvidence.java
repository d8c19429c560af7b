package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.TlogProof;
import java.util.Optional;

/**
 * A leaf and what proves it. Immutable.
 *
 * @param index of the leaf, from 0
 * @param proof empty until a checkpoint covers the leaf
 */
public record LeafEvidence(long index, Leaf leaf, Optional<TlogProof> proof) {}
