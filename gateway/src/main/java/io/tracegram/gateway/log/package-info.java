/**
 * Log: verified statements become durable leaves.
 *
 * <p>Enters: statements whose author is verified. Leaves: acknowledgements, leaves in order for the
 * accounts. Invariant: acknowledged means on disk; one leaf per (agent, epoch, sequence).
 */
@NullMarked
package io.tracegram.gateway.log;

import org.jspecify.annotations.NullMarked;
