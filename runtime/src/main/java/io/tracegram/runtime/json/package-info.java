/**
 * JSON of strangers.
 *
 * <p>Enters: bytes. Leaves: one object, or what is wrong and where (RFC 8259, RFC 6901). Invariant:
 * nothing is read that is larger, deeper or longer than was allowed.
 */
@NullMarked
package io.tracegram.runtime.json;

import org.jspecify.annotations.NullMarked;
