/**
 * Verification for anyone: a log from a directory or an address, checked from its bytes to its
 * figures without trust in whoever serves it.
 *
 * <p>Enters: checkpoint, bundles and tiles, a policy. Leaves: one honest report. Invariant: only
 * what was checked is called verified.
 */
@NullMarked
package io.tracegram.deploy.verify;

import org.jspecify.annotations.NullMarked;
