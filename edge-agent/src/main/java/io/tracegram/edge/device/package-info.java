/**
 * Read: meters, scales, scanners and portals, each over a connection of its own, or meters over a
 * bus that they share.
 *
 * <p>Enters: bytes of a device that may be broken, slow or hostile. Leaves: observations.
 * Invariant: a value is handed on only if it arrived now, whole and as its protocol says; whatever
 * else arrives gives a refusal with a code and a reason, and never an older value.
 */
@NullMarked
package io.tracegram.edge.device;

import org.jspecify.annotations.NullMarked;
