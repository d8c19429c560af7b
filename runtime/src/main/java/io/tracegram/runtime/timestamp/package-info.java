/**
 * Time from others: RFC 3161 timestamps of checkpoints.
 *
 * <p>Enters: a checkpoint, and what an authority answers about it. Leaves: tokens in {@code
 * log/timestamps/<size>/<authority>.tsr} beside the checkpoint they are about, and a verdict on
 * each. Invariant: a token counts only for the authority whose trust anchor it leads to; what was
 * said to be stored is on disk.
 */
@NullMarked
package io.tracegram.runtime.timestamp;

import org.jspecify.annotations.NullMarked;
