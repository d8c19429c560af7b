package io.tracegram.ledger.energy;

/**
 * Energy that a person stated for a stretch of time without any.
 *
 * @param from first millisecond, UTC, ≥ 0
 * @param to first millisecond after it
 * @param milliwattHours ≥ 0, spread evenly over the stretch
 * @param method how it was found, for people
 */
public record Estimate(long from, long to, long milliwattHours, String method) {
  boolean overlaps(long start, long end) {
    return from < end && start < to;
  }
}
