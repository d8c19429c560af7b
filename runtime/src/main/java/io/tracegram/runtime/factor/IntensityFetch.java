package io.tracegram.runtime.factor;

import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.emission.IntensitySeries.Slot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a grid's intensity again and again, and hands over what is new or has changed, on one
 * virtual thread. Thread-safe.
 */
public final class IntensityFetch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IntensityFetch.class);

  private final IntensityHeader header;
  private final IntensityShape shape;
  private final IntensityAddress address;
  private final Timing timing;
  private final RandomGenerator random;
  private final Listener listener;
  private final IntensityClient client;
  private final KnownSlots known = new KnownSlots();
  private @Nullable Thread thread;
  private boolean closed;

  /** Takes what was fetched; called by the fetching thread alone. */
  public interface Listener {
    /**
     * Takes slots that are new, or that say something else than before, such as a real value
     * instead of an estimate. If it throws, the same slots come again with the next fetch.
     */
    void changed(IntensitySeries slots);

    /**
     * Learns that a fetch has failed or its answer was refused; called once per failed try.
     *
     * @param reason a sentence for a problem, without any secret
     */
    void failed(String reason);

    /** Learns that a fetch has succeeded, whether or not anything has changed. */
    void succeeded();
  }

  /**
   * How patient it is.
   *
   * @param answer longest wait for a whole answer
   * @param firstRetry wait after the first failure, doubled after each, but never longer than
   *     between two fetches
   */
  public record Timing(Duration answer, Duration firstRetry) {
    public static final Timing FIELD = new Timing(Duration.ofSeconds(30), Duration.ofSeconds(10));
  }

  /**
   * Fetches nothing before {@link #start}.
   *
   * @param header what the series says of itself
   * @param before slots that were handed over in an earlier life, by rising start
   * @param random for jitter
   */
  public IntensityFetch(
      IntensityHeader header,
      IntensityShape shape,
      IntensityAddress address,
      List<Slot> before,
      Timing timing,
      RandomGenerator random,
      Listener listener) {
    this.header = header;
    this.shape = shape;
    this.address = address;
    this.timing = timing;
    this.random = random;
    this.listener = listener;
    this.client = new IntensityClient(timing.answer());
    known.add(before);
  }

  /** Starts the thread; the first fetch is at once. */
  public synchronized void start() {
    if (thread != null || closed) {
      throw new IllegalStateException("a fetch is started once");
    }
    thread = Thread.ofVirtual().name("intensity-" + header.id()).start(this::run);
  }

  /** Ends the thread; a call on its way is broken off. */
  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
      notifyAll();
    }
    client.close();
    if (running != null) {
      running.interrupt();
      try {
        running.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    Duration retry = timing.firstRetry();
    try {
      while (!isClosed()) {
        if (fetched()) {
          retry = timing.firstRetry();
          pause(address.every());
        } else {
          pause(jittered(retry));
          retry = shorter(retry.multipliedBy(2), address.every());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean fetched() throws InterruptedException {
    try {
      byte[] body = client.get(address);
      return switch (header.judge(shape.read(body))) {
        case IntensityReading.Refused refused -> {
          fail("the answer of " + address.shown() + " is refused: " + refused.reason());
          yield false;
        }
        case IntensityReading.Read read -> {
          hand(read);
          yield true;
        }
      };
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("event=intensity.broken series={}", header.id(), e);
      fail("what was fetched could not be taken: see the log for series " + header.id());
    }
    return false;
  }

  private void hand(IntensityReading.Read read) {
    List<Slot> changed = known.changed(read.slots());
    if (!changed.isEmpty()) {
      listener.changed(header.series(read.stepMillis(), changed));
      known.add(changed);
    }
    listener.succeeded();
  }

  private void fail(String reason) {
    if (!isClosed()) {
      LOG.warn("event=intensity.failed series={} reason={}", header.id(), reason);
      listener.failed(reason);
    }
  }

  private Duration jittered(Duration wait) {
    long millis = wait.toMillis();
    return shorter(Duration.ofMillis(millis / 2 + random.nextLong(millis + 1)), address.every());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void pause(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
      wait(Math.max(1, left / 1_000_000));
    }
  }
}
