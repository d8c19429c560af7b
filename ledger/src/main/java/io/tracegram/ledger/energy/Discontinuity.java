package io.tracegram.ledger.energy;

/**
 * A reset or a replacement that someone declared: readings before {@code millis} are of the old
 * register, readings from then on of the new one.
 *
 * @param millis when, UTC, ≥ 0
 * @param finalValue the old register at that time, mWh, ≥ 0
 * @param initialValue the new register at that time, mWh, ≥ 0
 */
public record Discontinuity(long millis, long finalValue, long initialValue) {}
