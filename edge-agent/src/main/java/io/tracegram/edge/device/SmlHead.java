package io.tracegram.edge.device;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.profile.SmlFrames;
import io.tracegram.runtime.profile.SmlTelegram;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to an optical head and keeps the newest telegram that it pushed. Thread-safe; of a line
 * that brings something else without end 4 KiB each 10 ms are read, and 64 KiB until it is opened
 * anew.
 */
final class SmlHead implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SmlHead.class);
  private static final int MOST_READ = 4_096;
  private static final int MOST_NOISE = 65_536;
  private static final Duration BETWEEN_READS = Duration.ofMillis(10);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A line that says nothing for so long is opened anew: its other end may be gone. */
  private static final Duration MOST_IDLE = Duration.ofSeconds(30);

  private final LineAddress address;
  private final Duration silence;
  private final Backoff backoff;
  private final Clocks clocks;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean started;
  private boolean closed;
  private boolean taken;
  private @Nullable Heard newest;
  private long since;
  private long brokenSinceTaken;
  private long brokenSinceHeard;
  private long bytesSinceHeard;
  private String broken = "";
  private String lost = "";

  /**
   * Two clocks, neither of which goes back.
   *
   * @param nanos monotonic system time
   * @param millis plant time where it is simulated, else monotonic system time
   */
  record Clocks(LongSupplier nanos, LongSupplier millis) {}

  /** A telegram, with the clocks' times at which its last byte came. */
  record Heard(SmlTelegram telegram, long nanos, long millis) {}

  /** What there is to say since the last time it was asked. */
  sealed interface Told {
    /**
     * The head pushes.
     *
     * @param newest a telegram that was not told yet
     * @param broken number of telegrams that came spoiled
     * @param reason of the last of them
     */
    record Heard(Optional<SmlHead.Heard> newest, long broken, String reason) implements Told {}

    /** The line does not open, or broke. */
    record Lost(String reason) implements Told {}

    /**
     * The line is open and brings no telegram.
     *
     * @param bytes that came instead
     * @param broken number of telegrams that came spoiled
     */
    record Silent(long bytes, long broken, String reason) implements Told {}
  }

  /**
   * @param silence a head that pushed no telegram for so long is silent
   * @param backoff between two attempts to open the line
   */
  SmlHead(LineAddress address, Duration silence, Backoff backoff, Clocks clocks) {
    this.address = address;
    this.silence = silence;
    this.backoff = backoff;
    this.clocks = clocks;
    this.thread = Thread.ofVirtual().name("sml-" + address).unstarted(this::run);
  }

  /** Takes what came; waits for the first telegram for as long as it is not silent. */
  Told take() throws InterruptedException {
    lock.lock();
    try {
      if (!started) {
        started = true;
        since = clocks.nanos().getAsLong();
        thread.start();
      }
      while (newest == null && lost.isEmpty() && !isSilent()) {
        long unused = changed.awaitNanos(LOOK.toNanos() / 10);
      }
      return told();
    } finally {
      lock.unlock();
    }
  }

  private Told told() {
    if (isSilent() || newest == null) {
      return lost.isEmpty()
          ? new Told.Silent(bytesSinceHeard, brokenSinceHeard, broken)
          : new Told.Lost(lost);
    }
    Told told =
        new Told.Heard(taken ? Optional.empty() : Optional.of(newest), brokenSinceTaken, broken);
    taken = true;
    brokenSinceTaken = 0;
    return told;
  }

  private boolean isSilent() {
    return clocks.nanos().getAsLong() - since >= silence.toNanos();
  }

  private void run() {
    while (!isClosed()) {
      try (ByteLine line = ByteLine.open(address)) {
        say("");
        listen(line);
      } catch (IOException e) {
        say(String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("event=sml.failed address=\"{}\" reason=\"{}\"", address, e.getMessage(), e);
        say("the agent failed while reading, report its log to us: " + e);
      }
      try {
        Thread.sleep(backoff.next());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Returns when the line should be opened anew. */
  private void listen(ByteLine line) throws IOException, InterruptedException {
    SmlFrames frames = new SmlFrames();
    byte[] bytes = new byte[MOST_READ];
    long noise = 0;
    long lastByte = clocks.nanos().getAsLong();
    while (noise < MOST_NOISE && clocks.nanos().getAsLong() - lastByte < MOST_IDLE.toNanos()) {
      int count = line.read(bytes, 0, LOOK);
      if (count > 0) {
        lastByte = clocks.nanos().getAsLong();
        noise = hear(frames, bytes, count) ? 0 : noise + count;
      }
      Thread.sleep(BETWEEN_READS);
    }
  }

  /** Returns whether a whole telegram was among the bytes. */
  private boolean hear(SmlFrames frames, byte[] bytes, int count) {
    lock.lock();
    try {
      bytesSinceHeard += count;
      boolean heard = false;
      for (SmlFrames.Cut cut : frames.take(bytes, count)) {
        heard |=
            switch (cut) {
              case SmlFrames.Whole(byte[] content) -> hear(SmlTelegram.parse(content));
              case SmlFrames.Broken(String reason) -> hear(new SmlTelegram.Refused(reason));
            };
      }
      return heard;
    } finally {
      lock.unlock();
    }
  }

  private boolean hear(SmlTelegram.Parsed parsed) {
    return switch (parsed) {
      case SmlTelegram.Sound(SmlTelegram telegram) -> {
        since = clocks.nanos().getAsLong();
        newest = new Heard(telegram, since, clocks.millis().getAsLong());
        taken = false;
        brokenSinceHeard = 0;
        bytesSinceHeard = 0;
        backoff.reset();
        changed.signalAll();
        yield true;
      }
      case SmlTelegram.Refused(String reason) -> {
        brokenSinceTaken++;
        brokenSinceHeard++;
        broken = reason;
        yield false;
      }
    };
  }

  private void say(String reason) {
    lock.lock();
    try {
      lost = reason;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Hangs up; the line is closed when this returns. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (!started) {
        return;
      }
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
