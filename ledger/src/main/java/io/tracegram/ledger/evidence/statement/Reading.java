package io.tracegram.ledger.evidence.statement;

/**
 * One value of a register.
 *
 * @param measuredMillis when it was measured, ms since 1970 UTC
 * @param value in the register's base unit (mWh, mW)
 */
public record Reading(long measuredMillis, long value) {}
