package io.tracegram.gateway.dashboard;

import java.util.List;

/**
 * The page of one leaf, ready to be written. Immutable.
 *
 * @param summary one sentence on what the statement says
 * @param statement decoded, JSON
 * @param proof tlog-proof text, empty until a checkpoint covers the leaf
 * @param timestamps of checkpoints that cover the leaf
 */
public record EvidenceView(
    Frame frame,
    String index,
    String facility,
    String kind,
    String agent,
    String sequence,
    String time,
    String received,
    String summary,
    List<NowView.EvidenceCard.Step> steps,
    String statement,
    String proof,
    List<Timestamp> timestamps,
    String jsonHref,
    String keyId) {
  /**
   * Who says when the leaf was in the log at the latest.
   *
   * @param size leaves under the stamped checkpoint
   */
  public record Timestamp(
      String authority, String time, String size, String href, String checkpointHref) {}
}
