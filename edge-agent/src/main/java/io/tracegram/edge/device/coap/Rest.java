package io.tracegram.edge.device.coap;

import io.tracegram.edge.device.Observation;
import io.tracegram.edge.retry.Backoff;
import java.util.function.LongSupplier;

/** Leaves a meter alone after a failure, for longer each time. Thread-safe. */
final class Rest {
  private final String id;
  private final Backoff backoff;
  private final LongSupplier nanos;
  private Observation.Bad failure;
  private boolean resting;
  private long until;

  /**
   * @param nanos monotonic time
   */
  Rest(String id, Backoff backoff, LongSupplier nanos) {
    this.id = id;
    this.backoff = backoff;
    this.nanos = nanos;
    this.failure = new Observation.Bad(id, "coap.unreachable", "not asked yet");
  }

  synchronized boolean isResting() {
    return resting && nanos.getAsLong() - until < 0;
  }

  /** Returns why it rests. */
  synchronized Observation.Bad failure() {
    return failure;
  }

  synchronized Observation.Bad begin(CoapFailure cause) {
    failure = new Observation.Bad(id, cause.code(), cause.reason());
    resting = true;
    until = nanos.getAsLong() + backoff.next().toNanos();
    return failure;
  }

  synchronized void end() {
    resting = false;
    backoff.reset();
  }
}
