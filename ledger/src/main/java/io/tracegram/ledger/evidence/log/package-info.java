/**
 * The transparency log: RFC 6962 hashing, C2SP tlog-tiles, tlog-checkpoint, signed-note and
 * tlog-cosignature.
 *
 * <p>Enters: leaves in order. Leaves: roots, tiles, checkpoints and proofs. Invariant: a root
 * commits to every leaf below it; whatever does not verify is refused with its reason.
 */
@NullMarked
package io.tracegram.ledger.evidence.log;

import org.jspecify.annotations.NullMarked;
