/**
 * Log: verified statements become durable leaves, and leaves become checkpoints.
 *
 * <p>Enters: statements whose author is verified. Leaves: acknowledgements, leaves in order for the
 * accounts, signed checkpoints, tiles over HTTP (C2SP tlog-tiles). Invariant: acknowledged means on
 * disk; one leaf per (agent, epoch, sequence); a checkpoint at most a second after an append.
 */
@NullMarked
package io.tracegram.gateway.log;

import org.jspecify.annotations.NullMarked;
