package io.tracegram.ledger.account;

/**
 * A closed month.
 *
 * @param leaf that holds its account, −1 until it is written
 * @param closedBy leaf that closed it: accounts of its intervals after it are restatements
 */
public record ClosedPeriod(PeriodAccount account, long leaf, long closedBy) {}
