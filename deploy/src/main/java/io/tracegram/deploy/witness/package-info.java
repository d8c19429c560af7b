/**
 * A tlog-witness: a small program of its own, run by somebody who is not the log's operator.
 *
 * <p>Enters: checkpoints with consistency proofs. Leaves: cosignatures. Invariant: it cosigns one
 * history of each log only, also across restarts (C2SP tlog-witness).
 */
@NullMarked
package io.tracegram.deploy.witness;

import org.jspecify.annotations.NullMarked;
