/**
 * The mirror of every facility's log: C2SP tlog-mirror, stored and served as tlog-tiles.
 *
 * <p>Enters: pending checkpoints and entry packages, from anyone. Leaves: a copy on disk, and the
 * mirror's cosignature. Invariant: an entry is stored only after its package was proven to be part
 * of a checkpoint that the log signed; a cosignature is given only for what is on disk.
 */
@NullMarked
package io.tracegram.cloud.mirror;

import org.jspecify.annotations.NullMarked;
