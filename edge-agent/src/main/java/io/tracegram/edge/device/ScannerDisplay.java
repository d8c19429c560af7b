package io.tracegram.edge.device;

import io.tracegram.ledger.evidence.statement.Feedback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes feedback to a scanner's display, one line each and in order, so that a scanner that takes
 * none keeps nobody waiting. Thread-safe; of too many lines the oldest are dropped.
 */
final class ScannerDisplay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScannerDisplay.class);
  private static final int MOST_WAITING = 16;
  private static final int LONGEST = 200;

  private final BlockingQueue<Feedback> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean writing = new AtomicBoolean();
  private final Screen screen;
  private volatile boolean closed;

  /** Where the lines go. */
  interface Screen {
    void show(byte[] line) throws IOException;
  }

  ScannerDisplay(Screen screen) {
    this.screen = screen;
  }

  void put(Feedback feedback) {
    while (!closed && !waiting.offer(feedback)) {
      waiting.poll();
    }
    if (!closed && writing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("display-" + feedback.scanner()).start(this::write);
    }
  }

  private void write() {
    try {
      for (Feedback next = waiting.poll(); next != null && !closed; next = waiting.poll()) {
        screen.show(line(next));
      }
    } catch (IOException e) {
      waiting.clear();
      LOG.debug("event=feedback.not-shown reason=\"{}\"", e.getMessage());
    } finally {
      writing.set(false);
      // what came between the last look and this line
      if (!closed && !waiting.isEmpty() && writing.compareAndSet(false, true)) {
        Thread.ofVirtual().start(this::write);
      }
    }
  }

  /** Returns {@code OK text} or {@code NO text} in one line of printable characters. */
  static byte[] line(Feedback feedback) {
    String word = feedback.verdict() == Feedback.Verdict.REFUSED ? "NO " : "OK ";
    String text = feedback.text().replaceAll("[^\\x20-\\x7e\\xa0-\\xff]", "?");
    return (word + text.substring(0, Math.min(LONGEST, text.length())) + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    closed = true;
    waiting.clear();
  }
}
