package io.tracegram.gateway.replicate;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double from 250 ms to 10 s, each by half up to one and a half. Single-threaded. */
final class Backoff {
  private static final long FIRST_MILLIS = 250;
  private static final long LAST_MILLIS = 10_000;

  private final RandomGenerator random;
  private long millis = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  void reset() {
    millis = FIRST_MILLIS;
  }

  /** Returns the next wait, at most 10 s. */
  Duration next() {
    long jittered = millis / 2 + random.nextLong(millis + 1);
    millis = Math.min(LAST_MILLIS, millis * 2);
    return Duration.ofMillis(Math.min(LAST_MILLIS, jittered));
  }
}
