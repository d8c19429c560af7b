package io.tracegram.edge.device.gpio;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the pulses of an output by its edges, each when it closes, and what is suspicious of them.
 * Thread-safe.
 */
final class PulseCounter implements Pins.Edges {
  private final long shortestNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;
  private boolean counted;
  private long lastNanos;
  private Taken since = Taken.NOTHING;

  /**
   * What came since it was last taken.
   *
   * @param tooFast pulses that came sooner after another than there can be; not in {@code pulses}
   * @param unpaired edges to a level that was there already, so that the one between was missed or
   *     shorter than the debounce
   */
  record Taken(long pulses, long tooFast, long unpaired) {
    static final Taken NOTHING = new Taken(0, 0, 0);
  }

  /**
   * @param shortestPeriod least time from one pulse to the next
   */
  PulseCounter(Duration shortestPeriod) {
    this.shortestNanos = shortestPeriod.toNanos();
  }

  @Override
  public void edge(boolean nowClosed, long nanos) {
    lock.lock();
    try {
      if (nowClosed == closed) {
        since = new Taken(since.pulses(), since.tooFast(), since.unpaired() + 1);
      } else if (nowClosed && counted && nanos - lastNanos < shortestNanos) {
        since = new Taken(since.pulses(), since.tooFast() + 1, since.unpaired());
      } else if (nowClosed) {
        since = new Taken(since.pulses() + 1, since.tooFast(), since.unpaired());
        lastNanos = nanos;
        counted = true;
      }
      closed = nowClosed;
    } finally {
      lock.unlock();
    }
  }

  /** Returns what came since the last time, each once. */
  Taken take() {
    lock.lock();
    try {
      Taken taken = since;
      since = Taken.NOTHING;
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
