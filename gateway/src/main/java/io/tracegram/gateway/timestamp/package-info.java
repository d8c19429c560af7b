/**
 * Timestamps: once a day a checkpoint is stamped by each configured authority (RFC 3161).
 *
 * <p>Enters: published checkpoints, and answers of authorities that may lie. Leaves: proven tokens
 * beside the log. Invariant: what is due is on disk before an authority is asked, and stays due
 * until its token is on disk; no answer counts that was not verified against the authority's
 * anchor.
 */
@NullMarked
package io.tracegram.gateway.timestamp;

import org.jspecify.annotations.NullMarked;
