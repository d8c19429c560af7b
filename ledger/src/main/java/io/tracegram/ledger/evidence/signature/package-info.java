/**
 * Signatures through Bouncy Castle's lightweight API: ES256 for statements, Ed25519 and ML-DSA-44
 * for checkpoints.
 *
 * <p>Enters: messages, keys. Leaves: signatures and verdicts. Invariant: a key verifies only with
 * the algorithm it was registered for (RFC 9052, RFC 9053 §2, RFC 9864, FIPS 204).
 */
@NullMarked
package io.tracegram.ledger.evidence.signature;

import org.jspecify.annotations.NullMarked;
