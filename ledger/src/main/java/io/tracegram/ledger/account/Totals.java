package io.tracegram.ledger.account;

import io.tracegram.ledger.quantity.Co2e;

/**
 * Sums over all closed intervals; immutable.
 *
 * @param conservationError |total − (direct + idle + overhead + unattributed)| summed over all
 *     intervals: always zero, and shown so that everyone can see it
 * @param readings register and power readings in admitted statements
 * @param leaves the log size these figures stand on
 */
public record Totals(
    Share total,
    Share direct,
    Share idle,
    Share overhead,
    Share unattributed,
    Co2e conservationError,
    long intervals,
    long readings,
    long agentStatements,
    long leaves) {}
