/**
 * Intake: what agents publish over MQTT (5.0 and 3.1.1) is verified before anything believes it.
 *
 * <p>Enters: PUBLISH packets of anyone who reaches the port. Leaves: verified statements for the
 * log; PUBACKs, receipts. Invariant: PUBACK with success means on disk; whatever is refused is
 * answered with its reason, counted and shown; no client can stop the others.
 */
@NullMarked
package io.tracegram.gateway.intake;

import org.jspecify.annotations.NullMarked;
