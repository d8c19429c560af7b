package io.tracegram.edge.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times that double up to a cap, each drawn at random from its upper half, so that many
 * agents do not come back at once. Single-threaded.
 */
public final class Backoff {
  private final Duration first;
  private final Duration cap;
  private final RandomGenerator random;
  private Duration next;

  public Backoff(Duration first, Duration cap, RandomGenerator random) {
    if (first.toMillis() < 1 || cap.compareTo(first) < 0) {
      throw new IllegalArgumentException("a back-off grows from at least 1 ms to its cap");
    }
    this.first = first;
    this.cap = cap;
    this.random = random;
    this.next = first;
  }

  /** Returns how long to wait now. */
  public Duration next() {
    long millis = next.toMillis();
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(cap) < 0 ? doubled : cap;
    return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
  }

  /** Begins again after a success. */
  public void reset() {
    next = first;
  }
}
