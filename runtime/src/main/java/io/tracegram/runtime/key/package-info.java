/**
 * Software keys in files.
 *
 * <p>Enters: a directory, names, randomness. Leaves: keys of {@code ledger.evidence.signature}.
 * Invariant: a secret is only ever in a 0600 file in a 0700 directory; a key that was returned is
 * on disk, so that no statement is signed with a key that a power cut takes away.
 */
@NullMarked
package io.tracegram.runtime.key;

import org.jspecify.annotations.NullMarked;
