package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.TlogProof;
import java.util.List;
import java.util.Optional;

/**
 * A leaf and what proves it. Immutable.
 *
 * @param index of the leaf, from 0
 * @param proof empty until a checkpoint covers the leaf
 * @param timestamps of checkpoints that cover the leaf, one of each authority, earliest first
 */
public record LeafEvidence(
    long index, Leaf leaf, Optional<TlogProof> proof, List<Timestamp> timestamps) {
  /**
   * That the leaf was in the log at a time, says an authority.
   *
   * @param millis the authority's time, ms since 1970 UTC
   * @param size leaves under the stamped checkpoint
   */
  public record Timestamp(String authority, long millis, long size) {}

  public LeafEvidence {
    timestamps = List.copyOf(timestamps);
  }
}
