package io.tracegram.gateway.account;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Says whether the gateway's clock can be believed enough to close an interval: it has not jumped
 * since somebody else's signed time was last within two minutes of it.
 *
 * <p>A time behind ours is no contradiction, since it may come out of a backlog; a time ahead of
 * ours is one. Thread-safe.
 */
public final class ClockAgreement {
  private static final long AGREES_MILLIS = 120_000;
  private static final long JUMP_MILLIS = 10_000;

  private final Clock clock;
  private final LongSupplier nanos;
  private boolean agreed;
  private boolean contradicted;
  private long lastMillis;
  private long lastNanos;

  /**
   * @param clock that the gateway stamps with
   * @param nanos monotonic, as {@link System#nanoTime}
   */
  public ClockAgreement(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.lastMillis = clock.millis();
    this.lastNanos = nanos.getAsLong();
  }

  /** Takes note of the time that an agent or the mirror has just signed, ms since 1970 UTC. */
  public synchronized void heard(long signedMillis) {
    agreed = holds();
    long ahead = signedMillis - clock.millis();
    if (ahead > AGREES_MILLIS) {
      agreed = false;
      contradicted = true;
    } else if (ahead >= -AGREES_MILLIS) {
      agreed = true;
      contradicted = false;
    }
  }

  /** Says whether somebody's time was ahead of the clock and nobody has agreed with it since. */
  public synchronized boolean isContradicted() {
    return contradicted;
  }

  /** Says whether the clock agrees with others and has not jumped since. */
  public synchronized boolean holds() {
    long millis = clock.millis();
    long now = nanos.getAsLong();
    if (Math.abs((millis - lastMillis) - (now - lastNanos) / 1_000_000) > JUMP_MILLIS) {
      agreed = false;
    }
    lastMillis = millis;
    lastNanos = now;
    return agreed;
  }
}
