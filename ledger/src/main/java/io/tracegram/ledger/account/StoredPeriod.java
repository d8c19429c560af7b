package io.tracegram.ledger.account;

import io.tracegram.ledger.evidence.statement.Content;

/**
 * The newest account of a closed month as its leaf holds it; immutable.
 *
 * @param account to be read by {@link AccountCodec#decode}
 * @param leaf that holds it, −1 until it is written
 * @param closedBy leaf that closed the month
 * @param cause leaf that brought the account about: the accounts know it since then
 */
public record StoredPeriod(
    long fromMillis, long toMillis, Content account, long leaf, long closedBy, long cause) {}
