/**
 * Sign: observations become statements of the agent's chain.
 *
 * <p>Enters: observations. Leaves: signed statements, already in the outbox. Invariant: a statement
 * that is not about readings is signed after every reading accepted before it; no sequence is
 * signed twice, also across a crash.
 */
@NullMarked
package io.tracegram.edge.sign;

import org.jspecify.annotations.NullMarked;
