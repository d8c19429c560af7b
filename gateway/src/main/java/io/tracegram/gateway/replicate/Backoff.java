package io.tracegram.gateway.replicate;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double between two bounds, each by half up to one and a half. Single-threaded. */
public final class Backoff {
  private final RandomGenerator random;
  private final long firstMillis;
  private final long lastMillis;
  private long millis;

  /** Waits from 250 ms to 10 s. */
  Backoff(RandomGenerator random) {
    this(random, Duration.ofMillis(250), Duration.ofSeconds(10));
  }

  public Backoff(RandomGenerator random, Duration first, Duration last) {
    this.random = random;
    this.firstMillis = first.toMillis();
    this.lastMillis = last.toMillis();
    this.millis = firstMillis;
  }

  public void reset() {
    millis = firstMillis;
  }

  /** Returns the next wait, at most the last. */
  public Duration next() {
    long jittered = millis / 2 + random.nextLong(millis + 1);
    millis = Math.min(lastMillis, millis * 2);
    return Duration.ofMillis(Math.min(lastMillis, jittered));
  }
}
