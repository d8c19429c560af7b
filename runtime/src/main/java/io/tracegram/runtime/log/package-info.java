/**
 * The durable evidence log: segment files that are the truth, and the C2SP tlog-tiles derived from
 * them.
 *
 * <p>Enters: leaves in order, signed checkpoints. Leaves: leaves on disk, node hashes, tiles,
 * bundles. Invariant: what {@link io.tracegram.runtime.log.EvidenceLog#append} returned from is on
 * disk; a published checkpoint's root is the root of exactly these leaves; a log that cannot keep
 * either promise refuses to open or stops.
 */
@NullMarked
package io.tracegram.runtime.log;

import org.jspecify.annotations.NullMarked;
