package io.tracegram.ledger.account;

import io.tracegram.ledger.evidence.statement.Content;

/**
 * The newest account of a closed interval as its leaf holds it; immutable.
 *
 * @param startMillis ms since 1970 UTC
 * @param account to be read by {@link AccountCodec#decode}
 * @param leaf that holds it, −1 until it is written
 * @param cause leaf of the close that brought it about: the accounts know it since then
 */
public record StoredInterval(long startMillis, Content account, long leaf, long cause) {}
