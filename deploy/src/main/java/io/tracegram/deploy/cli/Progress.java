package io.tracegram.deploy.cli;

import java.io.PrintWriter;

/** Tells how far long work is, at most once a second. Single-threaded. */
final class Progress {
  private static final long SECOND = 1_000_000_000L;

  private final PrintWriter talk;
  private final String what;
  private final long started = System.nanoTime();
  private long said = started;
  private long reached;
  private long told = -1;
  private long total;

  Progress(PrintWriter talk, String what) {
    this.talk = talk;
    this.what = what;
  }

  void reached(long count, long all) {
    reached = count;
    total = all;
    long now = System.nanoTime();
    if (now - said >= SECOND) {
      said = now;
      say(now);
    }
  }

  /** Says the last count, if the work was long enough to have been told of at all. */
  void done() {
    if (said != started && told != reached) {
      say(System.nanoTime());
    }
  }

  private void say(long now) {
    told = reached;
    long perSecond = reached * SECOND / Math.max(1, now - started);
    talk.println(
        "%d of %d %s (%d %%), %d/s"
            .formatted(reached, total, what, total == 0 ? 100 : reached * 100 / total, perSecond));
    talk.flush();
  }
}
