package io.tracegram.edge.device.coap;

import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.ScanHandler;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Hands on what a meter tells without being asked, at most once a second: a cumulative register
 * says the same a moment later, and nobody can flood us. Thread-safe.
 */
final class Told {
  static final Duration LEAST_GAP = Duration.ofSeconds(1);

  private final ScanHandler handler;
  private final LongSupplier nanos;
  private long lastAt;
  private boolean any;

  /**
   * @param nanos monotonic time
   */
  Told(ScanHandler handler, LongSupplier nanos) {
    this.handler = handler;
    this.nanos = nanos;
  }

  /** Returns whether it was handed on; else it came too soon after the one before. */
  synchronized boolean tell(List<Observation> observations) {
    long now = nanos.getAsLong();
    if (any && now - lastAt < LEAST_GAP.toNanos()) {
      return false;
    }
    any = true;
    lastAt = now;
    observations.forEach(handler::note);
    return true;
  }

  void refuse(Observation observation) {
    handler.note(observation);
  }
}
