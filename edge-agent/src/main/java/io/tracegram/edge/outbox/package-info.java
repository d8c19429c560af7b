/**
 * Keep: statements wait here, safe from power loss, until the gateway's receipt covers them.
 *
 * <p>Enters: signed statements, acknowledgements, refusals, receipts. Leaves: statements in the
 * order of their chain. Invariant: what was appended is on disk, and is deleted only by a receipt;
 * the chain resumes from here, so no sequence is ever used twice.
 */
@NullMarked
package io.tracegram.edge.outbox;

import org.jspecify.annotations.NullMarked;
