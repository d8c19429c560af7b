/**
 * Read: meters that speak SenML over CoAP (RFC 7252), polled, observed (RFC 7641) or pushing, over
 * UDP or DTLS.
 *
 * <p>Enters: messages of a peer that may be broken, slow, hostile or somebody else. Leaves:
 * observations. Invariant: a value counts once, when it arrives, if it came from the meter that the
 * plant file means, whole, in the format of its profile and not older than the profile allows; what
 * else comes is refused with a code and a reason. Of one message at most 16 KiB are taken.
 */
@NullMarked
package io.tracegram.edge.device.coap;

import org.jspecify.annotations.NullMarked;
