package io.tracegram.edge.device;

import java.util.List;

/** A device that is asked for its registers. Single-threaded. */
public interface Meter extends AutoCloseable {
  String id();

  /**
   * Reads the meter; blocks for a bounded time, and after a failure answers at once until its
   * back-off is over.
   *
   * @return one {@code Measured} with what else is to be said, or one {@code Bad}; nothing if a
   *     meter that speaks of itself has said nothing new
   */
  List<Observation> poll() throws InterruptedException;

  @Override
  void close();
}
