package io.tracegram.gateway.dashboard;

import java.util.List;

/**
 * The page of one leaf, ready to be written. Immutable.
 *
 * @param summary one sentence on what the statement says
 * @param statement decoded, JSON
 * @param proof tlog-proof text, empty until a checkpoint covers the leaf
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
    String jsonHref,
    String keyId) {}
