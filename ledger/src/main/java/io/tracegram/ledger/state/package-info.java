/**
 * A fold's memory as bytes, so that a restart need not replay the whole log.
 *
 * <p>Enters: trees of records. Leaves: deterministic CBOR, and the same trees again. Invariant: a
 * state that was written and read goes on exactly as the one that was not; states are for the
 * program that wrote them and no exchange format.
 */
@NullMarked
package io.tracegram.ledger.state;

import org.jspecify.annotations.NullMarked;
