/**
 * The messages by which a log reaches its mirror and its witnesses: C2SP tlog-mirror and
 * tlog-witness.
 *
 * <p>Enters: checkpoints, proofs and entries, or untrusted bytes. Leaves: request and answer
 * bodies, or parsed messages. Invariant: a parsed message is bounded, in its one canonical form,
 * and proves nothing before it is verified against a checkpoint.
 */
@NullMarked
package io.tracegram.ledger.evidence.replication;

import org.jspecify.annotations.NullMarked;
