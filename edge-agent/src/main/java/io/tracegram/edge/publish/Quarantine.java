package io.tracegram.edge.publish;

import io.tracegram.edge.outbox.Outbox;

/** Takes what the gateway refused out of the queue. Thread-safe. */
public interface Quarantine {
  /**
   * Puts a statement aside and appends a signed gap that stands for it; both are on disk when this
   * returns.
   *
   * @return the gap's sequence
   */
  long quarantine(Outbox.Entry refused, String reason);
}
