/**
 * The durable evidence log: segment files that are the truth, and the C2SP tlog-tiles and signed
 * checkpoints derived from them.
 *
 * <p>Enters: leaves in order, cosignatures. Leaves: leaves on disk, node hashes, tiles, bundles,
 * checkpoints. Invariant: what {@link io.tracegram.runtime.log.EvidenceLog#append} returned from is
 * on disk; a published checkpoint's root is the root of exactly these leaves, and there is one at
 * most a second after an append; a log that cannot keep these promises refuses to open or stops.
 */
@NullMarked
package io.tracegram.runtime.log;

import org.jspecify.annotations.NullMarked;
