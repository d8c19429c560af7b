package io.tracegram.deploy.simulator;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says on the terminal how far a long run has come, at most once a second. Single-threaded. */
final class Progress {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final PrintStream talk;
  private final LongSupplier nanoTime;
  private final long total;
  private long lastNanos;
  private long lastDone;

  /**
   * @param total number of ticks of the whole run
   */
  Progress(PrintStream talk, LongSupplier nanoTime, long total) {
    this.talk = talk;
    this.nanoTime = nanoTime;
    this.total = total;
    this.lastNanos = nanoTime.getAsLong();
  }

  void show(long done) {
    long now = nanoTime.getAsLong();
    if (now - lastNanos >= SECOND_NANOS || done == total) {
      double perSecond = (double) (done - lastDone) * SECOND_NANOS / Math.max(1, now - lastNanos);
      talk.println(
          String.format(
              Locale.ROOT,
              "simulator: %d of %d slots, %.1f %%, %.0f slots/s",
              done,
              total,
              100.0 * done / total,
              perSecond));
      lastNanos = now;
      lastDone = done;
    }
  }
}
