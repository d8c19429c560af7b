package io.tracegram.edge.device;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.custody.Floor;
import io.tracegram.ledger.custody.Gs1ElementString;
import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes labels and cards from a scanner over TCP on a virtual thread of its own and answers each
 * with ACK once it is kept, or NAK if it was refused. Thread-safe.
 */
public final class TcpScanner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpScanner.class);
  private static final byte ACK = 0x06;
  private static final byte NAK = 0x15;
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /**
   * Which scanner.
   *
   * @param answers whether it waits for ACK or NAK
   * @param displays whether it shows a line that it is sent
   * @param longestLine bytes, without its end
   */
  public record Settings(
      String id, HostPort address, boolean answers, boolean displays, int longestLine) {}

  private final Settings settings;
  private final Optional<Scale> scale;
  private final ScanHandler handler;
  private final Backoff backoff;
  private final LongSupplier nanos;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private final ReentrantLock answering = new ReentrantLock();
  private final ScannerDisplay display = new ScannerDisplay(this::show);
  private @Nullable LineSocket socket;
  private boolean closed;

  /**
   * @param scale weighs what is scanned, if the scanner is bound to one
   * @param nanos monotonic time
   */
  public TcpScanner(
      Settings settings,
      Optional<Scale> scale,
      ScanHandler handler,
      Backoff backoff,
      LongSupplier nanos) {
    this.settings = settings;
    this.scale = scale;
    this.handler = handler;
    this.backoff = backoff;
    this.nanos = nanos;
    this.thread = Thread.ofVirtual().name("scanner-" + settings.id()).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Tells what became of an earlier scan; never waits. */
  public void tell(Feedback feedback) {
    LOG.info(
        "event=scan.feedback scanner={} verdict={} code={} text=\"{}\"",
        settings.id(),
        feedback.verdict(),
        feedback.code(),
        feedback.text());
    if (settings.displays()) {
      display.put(feedback);
    }
  }

  private void show(byte[] line) throws IOException {
    LineSocket now;
    lock.lock();
    try {
      now = socket;
    } finally {
      lock.unlock();
    }
    if (now != null) {
      // no line comes between a scan and its ACK
      answering.lock();
      try {
        now.send(line);
      } finally {
        answering.unlock();
      }
    }
  }

  private void run() {
    while (!isClosed()) {
      try {
        LineSocket opened = LineSocket.open(settings.address(), CONNECT, nanos);
        if (!enter(opened)) {
          return;
        }
        handler.note(new Observation.Good(settings.id(), "scanner at " + settings.address()));
        serve(opened);
      } catch (IOException e) {
        unreachable("cannot talk to the scanner at " + settings.address() + ": " + e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("event=scanner.failed device={} reason=\"{}\"", settings.id(), e.getMessage(), e);
      }
      leave();
      pause(backoff.next());
    }
  }

  private void serve(LineSocket opened) throws IOException {
    while (true) {
      switch (opened.readLine(settings.longestLine(), Duration.ZERO)) {
        case LineSocket.Line(String text) -> {
          backoff.reset();
          answering.lock();
          try {
            answer(opened, take(text));
          } finally {
            answering.unlock();
          }
        }
        case LineSocket.TooLong(String start) -> {
          refuse(
              "scan.too-long",
              "a line of more than "
                  + settings.longestLine()
                  + " bytes, beginning "
                  + Excerpt.of(start)
                  + ": set the scanner's suffix to CR LF");
          answer(opened, false);
        }
        case LineSocket.Closed(String rest) -> {
          if (!rest.isEmpty()) {
            refuse(
                "scan.truncated",
                "the connection ended within " + Excerpt.of(rest) + ": scan the label again");
          }
          throw new IOException("it closed the connection");
        }
        case LineSocket.TimedOut() -> throw new IOException("it is silent");
      }
    }
  }

  /** Returns whether the scan is kept. */
  private boolean take(String line) {
    ScannerLine scanned = ScannerLine.of(line);
    if (Floor.isCard(scanned.text())) {
      // a card is not weighed
      return handler.keep(
          List.of(new Observation.Scanned(settings.id(), scanned.symbology(), scanned.text())));
    }
    return switch (Gs1ElementString.parse(scanned.symbology(), scanned.text())) {
      case Gs1ElementString.NotGs1(String reason) -> {
        refuse("scan.not-gs1", Excerpt.of(line) + ": " + reason);
        yield false;
      }
      case Gs1ElementString.Parsed parsed -> keep(scanned);
    };
  }

  private boolean keep(ScannerLine line) {
    Observation scan = new Observation.Scanned(settings.id(), line.symbology(), line.text());
    if (scale.isEmpty()) {
      return handler.keep(List.of(scan));
    }
    return switch (scale.get().weigh()) {
      case Observation.Weighed weight -> {
        handler.note(new Observation.Good(weight.device(), "scale answers"));
        yield handler.keep(List.of(scan, weight));
      }
      case Observation.Bad bad -> {
        handler.note(bad);
        refuse("scan.no-weight", "scan refused, the scale gives no weight: " + bad.reason());
        yield false;
      }
      case Observation other -> {
        handler.note(other);
        yield false;
      }
    };
  }

  private void refuse(String code, String reason) {
    handler.note(new Observation.Refused(settings.id(), code, reason));
  }

  private void answer(LineSocket opened, boolean kept) throws IOException {
    if (settings.answers()) {
      opened.send(kept ? ACK : NAK);
    }
  }

  private void unreachable(String reason) {
    if (!isClosed()) {
      handler.note(
          new Observation.Bad(
              settings.id(), "scanner.unreachable", reason + ": check its supply and network"));
    }
  }

  private boolean enter(LineSocket opened) throws IOException {
    lock.lock();
    try {
      if (closed) {
        opened.close();
        return false;
      }
      socket = opened;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      if (socket != null) {
        socket.close();
        socket = null;
      }
    } catch (IOException e) {
      LOG.debug("event=scanner.close-failed device={}", settings.id(), e);
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

  /** Takes no more scans; waits until one that is being taken is answered. */
  @Override
  public void close() {
    display.close();
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
      if (socket != null) {
        socket.endInput();
      }
    } catch (IOException e) {
      LOG.debug("event=scanner.close-failed device={}", settings.id(), e);
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
