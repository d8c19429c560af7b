/**
 * Watches that logs only grow: C2SP tlog-witness, "add-checkpoint".
 *
 * <p>Enters: checkpoints with consistency proofs, from anyone. Leaves: a decision, and where it is
 * the witness's or mirror's to give, a cosignature (tlog-cosignature v1). Invariant: of each log
 * exactly one history is ever accepted, across restarts: what was answered is on disk before.
 */
@NullMarked
package io.tracegram.runtime.cosign;

import org.jspecify.annotations.NullMarked;
