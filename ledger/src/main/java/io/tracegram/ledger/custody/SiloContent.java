package io.tracegram.ledger.custody;

/**
 * What is in a silo; immutable.
 *
 * @param lot the content as a lot of its own, which the next pour ends
 * @param pours into the silo so far, those undone aside
 */
record SiloContent(LotId lot, long pours) {}
