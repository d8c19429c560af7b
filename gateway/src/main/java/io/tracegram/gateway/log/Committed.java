package io.tracegram.gateway.log;

import io.tracegram.ledger.evidence.log.Leaf;

/** A leaf that is on disk, with its place. */
public record Committed(long index, Leaf leaf) {}
