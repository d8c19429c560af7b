/**
 * Statements: what an agent, a gateway or a person says, signed and chained.
 *
 * <p>Enters: bodies to be signed, or untrusted bytes. Leaves: COSE_Sign1 envelopes (RFC 9052 §4.2)
 * around a deterministic payload. Invariant: one statement has one encoding; {@code prev} of a
 * statement is the SHA-256 of the to-be-signed bytes of the one before it in its epoch.
 */
@NullMarked
package io.tracegram.ledger.evidence.statement;

import org.jspecify.annotations.NullMarked;
