/**
 * The deterministic CBOR subset of the evidence: RFC 8949 §4.2.1 with integers, byte strings, text,
 * arrays, integer-keyed maps and one tag.
 *
 * <p>Enters: untrusted bytes. Leaves: values, or {@link
 * io.tracegram.ledger.evidence.cbor.MalformedException} with the offset. Invariant: each value has
 * exactly one encoding, and only that encoding is accepted.
 */
@NullMarked
package io.tracegram.ledger.evidence.cbor;

import org.jspecify.annotations.NullMarked;
