package io.tracegram.edge.device;

import io.tracegram.runtime.config.LineAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A line on which each request is answered by one line of text, ended by CR, LF or both.
 * Single-threaded. Bounded: what is beyond the limit ends the exchange.
 */
final class AskedLine implements AutoCloseable {
  private static final int MOST_STALE_BYTES = 65_536;
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final ByteLine line;
  private final LongSupplier nanos;
  private final byte[] buffer = new byte[512];
  private int next;
  private int filled;

  /** Whether the last byte that was forgotten is inside a line, whose rest is yet to come. */
  private boolean insideLine;

  /** What a request gave. */
  sealed interface Answer {}

  /** A line that is not empty, one character per byte (ISO 8859-1), without its end. */
  record Line(String text) implements Answer {}

  /**
   * A line beyond the limit.
   *
   * @param start its first bytes
   */
  record TooLong(String start) implements Answer {}

  /** Nothing whole came in time. */
  record TimedOut() implements Answer {}

  private AskedLine(ByteLine line, LongSupplier nanos) {
    this.line = line;
    this.nanos = nanos;
  }

  static AskedLine open(LineAddress address, LongSupplier nanos) throws IOException {
    return new AskedLine(ByteLine.open(address), nanos);
  }

  /**
   * Forgets what came unasked, sends a request and waits for the first whole line after it.
   *
   * @param limit longest line, bytes
   * @throws IOException if the line is lost, or never silent
   */
  Answer ask(byte[] request, int limit, Duration timeout) throws IOException, InterruptedException {
    drain();
    line.send(request);
    long deadline = nanos.getAsLong() + timeout.toNanos();
    ByteArrayOutputStream text = new ByteArrayOutputStream(64);
    while (text.size() <= limit) {
      if (next == filled && !fill(Duration.ofNanos(deadline - nanos.getAsLong()))) {
        return new TimedOut();
      }
      byte got = buffer[next++];
      boolean ends = got == '\r' || got == '\n';
      if (ends && text.size() > 0) {
        return new Line(text.toString(StandardCharsets.ISO_8859_1));
      }
      if (!ends && !insideLine) {
        text.write(got);
      }
      insideLine &= !ends;
    }
    return new TooLong(text.toString(StandardCharsets.ISO_8859_1));
  }

  private boolean fill(Duration left) throws IOException, InterruptedException {
    next = 0;
    filled = 0;
    if (left.compareTo(Duration.ZERO) > 0) {
      filled = line.read(buffer, 0, left);
    }
    return filled > 0;
  }

  private void drain() throws IOException, InterruptedException {
    int stale = 0;
    boolean more = true;
    while (more) {
      for (; next < filled; next++) {
        insideLine = buffer[next] != '\r' && buffer[next] != '\n';
        stale++;
      }
      if (stale > MOST_STALE_BYTES) {
        throw new IOException("it is never silent: turn continuous printing off");
      }
      more = fill(AT_ONCE);
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
