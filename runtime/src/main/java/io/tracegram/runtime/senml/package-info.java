/**
 * SenML: lists of what sensors measured (RFC 8428).
 *
 * <p>Enters: a pack in JSON (content format 110) or CBOR (112). Leaves: resolved records, or a
 * refusal with a code and a reason. Invariant: every number is taken at its exact decimal or binary
 * value; nothing is read that is larger, deeper or longer than was allowed; a pack is taken whole
 * or not at all. Pure: no file, no socket, no clock.
 */
@NullMarked
package io.tracegram.runtime.senml;

import org.jspecify.annotations.NullMarked;
