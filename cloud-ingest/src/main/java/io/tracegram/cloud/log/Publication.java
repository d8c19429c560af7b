package io.tracegram.cloud.log;

import io.tracegram.ledger.evidence.Hash;

/**
 * The newest published revision of a product's declaration. Immutable.
 *
 * @param leaf index in the central service's log
 * @param document SHA-256 of the published bytes
 */
public record Publication(String product, long revision, long leaf, Hash document) {}
