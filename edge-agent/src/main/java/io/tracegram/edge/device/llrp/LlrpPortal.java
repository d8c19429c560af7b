package io.tracegram.edge.device.llrp;

import io.tracegram.edge.device.Excerpt;
import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.ScanHandler;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes tags from a reader that speaks LLRP, on a virtual thread of its own, and tells each visit
 * once. Thread-safe.
 */
public final class LlrpPortal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LlrpPortal.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int MOST_TAGS = 4_096;
  private static final int LAST_REQUEST = 0x7FFF_FFFF;

  /**
   * Which portal.
   *
   * @param visit a tag that was not read for so long begins another visit when it is
   * @param answer longest wait for an answer of the reader
   * @param keepalive how often the reader is to show life
   */
  public record Settings(
      String id, HostPort address, Duration visit, Duration answer, Duration keepalive) {}

  private final Settings settings;
  private final ScanHandler handler;
  private final Backoff backoff;
  private final LongSupplier nanos;
  private final Sightings sightings;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private @Nullable ReaderConnection connection;
  private boolean closed;

  /**
   * @param nanos monotonic time
   * @param millis in which visits are counted: plant time where it is simulated; never falls
   */
  public LlrpPortal(
      Settings settings,
      ScanHandler handler,
      Backoff backoff,
      LongSupplier nanos,
      LongSupplier millis) {
    this.settings = settings;
    this.handler = handler;
    this.backoff = backoff;
    this.nanos = nanos;
    this.sightings =
        new Sightings(
            settings.id(),
            new Visits(settings.visit(), MOST_TAGS),
            handler,
            new Sightings.Times(nanos, millis));
    this.thread = Thread.ofVirtual().name("portal-" + settings.id()).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (!isClosed()) {
      try (ReaderConnection opened = ReaderConnection.open(settings.address(), CONNECT, nanos)) {
        if (!enter(opened)) {
          return;
        }
        serve(opened);
      } catch (LlrpException e) {
        bad(e.code(), e.getMessage());
      } catch (IOException e) {
        bad(
            "portal.unreachable",
            "cannot talk to the reader at %s (%s): check its supply and network"
                .formatted(settings.address(), e.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("event=portal.failed device={} reason=\"{}\"", settings.id(), e.getMessage(), e);
        bad("portal.failed", "the agent failed while reading (" + e + "): report its log to us");
      }
      leave();
      pause(backoff.next());
    }
  }

  private void serve(ReaderConnection opened) throws IOException {
    Told told = new Told();
    ReaderSession session =
        new ReaderSession(
            opened, new ReaderSession.Timing(settings.answer(), settings.keepalive()), told, nanos);
    try {
      session.configure();
      told.state();
      session.serve();
    } finally {
      sightings.tell();
    }
  }

  private void bad(String code, @Nullable String reason) {
    if (!isClosed()) {
      handler.note(new Observation.Bad(settings.id(), code, String.valueOf(reason)));
    }
  }

  /** What one connection tells. Confined to the portal's thread. */
  private final class Told implements ReaderSession.Listener {
    private static final int MOST_ANTENNAS = 64;

    private final TreeSet<Integer> lost = new TreeSet<>();

    @Override
    public void seen(TagReport tag) {
      sightings.seen(tag);
    }

    @Override
    public void settle() {
      sightings.settle();
    }

    @Override
    public long wakeAt(long otherwise) {
      return sightings.wakeAt(otherwise);
    }

    @Override
    public void alive() {
      backoff.reset();
    }

    @Override
    public void happened(ReaderEvent event) {
      switch (event) {
        case ReaderEvent.Antenna(int number, boolean connected) -> antenna(number, connected);
        case ReaderEvent.ReaderException(String message) ->
            refused("portal.reader-error", "the reader reports " + Excerpt.of(message));
        case ReaderEvent.ConnectionAttempt _ ->
            refused(
                "portal.other-client",
                "another program tried to connect to the reader: a reader serves one at a time");
        case ReaderEvent.ConnectionClose _ -> {
          // the session ends by it
        }
      }
    }

    private void antenna(int number, boolean connected) {
      boolean changed =
          connected ? lost.remove(number) : lost.size() < MOST_ANTENNAS && lost.add(number);
      if (changed) {
        state();
      }
    }

    /** Notes whether the reader reads with all its antennas. */
    void state() {
      if (lost.isEmpty()) {
        handler.note(new Observation.Good(settings.id(), "reader at " + settings.address()));
      } else {
        bad(
            "portal.antenna",
            "the reader has lost antenna %s: tags pass unread; check its cable"
                .formatted(lost.first()));
      }
    }

    private void refused(String code, String reason) {
      handler.note(new Observation.Refused(settings.id(), code, reason));
    }
  }

  private boolean enter(ReaderConnection opened) {
    lock.lock();
    try {
      connection = closed ? null : opened;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      connection = null;
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

  private void pause(Duration wait) {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (!closed && left > 0) {
        left = closing.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Hangs up and takes no more tags; those that wait are kept when this returns. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
      if (connection != null) {
        connection.send(Request.CLOSE_CONNECTION.frame(LAST_REQUEST));
        connection.endInput();
      }
    } catch (IOException e) {
      LOG.debug("event=portal.close-failed device={}", settings.id(), e);
    } finally {
      lock.unlock();
    }
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
