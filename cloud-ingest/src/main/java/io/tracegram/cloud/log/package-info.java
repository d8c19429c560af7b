/**
 * The central service's own log: what it declares stands in a log of the same form as a facility's.
 *
 * <p>Enters: declarations with the exact document that is published. Leaves: signed leaves,
 * checkpoints, tiles (C2SP tlog-tiles) and the documents. Invariant: a product counts as published
 * only when document and leaf are on disk; a revision that was published stays.
 */
@NullMarked
package io.tracegram.cloud.log;

import org.jspecify.annotations.NullMarked;
