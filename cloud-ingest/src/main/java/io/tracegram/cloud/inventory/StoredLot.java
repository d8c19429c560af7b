package io.tracegram.cloud.inventory;

import io.tracegram.ledger.account.LotAccount;

/**
 * A lot's final account as its producer logged it; immutable.
 *
 * @param facility id of the producer
 * @param leaf index of the account in the producer's log
 */
public record StoredLot(String facility, long leaf, LotAccount account) {}
