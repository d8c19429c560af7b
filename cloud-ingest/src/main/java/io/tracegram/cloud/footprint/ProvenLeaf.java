package io.tracegram.cloud.footprint;

import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.statement.Content;

/**
 * A leaf and the proof that it stands in a facility's log; immutable.
 *
 * @param origin of the log
 */
public record ProvenLeaf(String facility, String origin, Content leaf, TlogProof proof) {}
