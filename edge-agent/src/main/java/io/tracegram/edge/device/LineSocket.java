package io.tracegram.edge.device;

import io.tracegram.runtime.config.HostPort;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A TCP connection that carries lines, each ended by CR, LF or both. Single-threaded, except that
 * {@link #endInput} may be called from elsewhere. Bounded: a line beyond the limit is skipped byte
 * by byte.
 */
final class LineSocket implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final LongSupplier nanos;

  /** What a read gave. */
  sealed interface Read {}

  /** A line that is not empty, one character per byte (ISO 8859-1), without its end. */
  record Line(String text) implements Read {}

  /**
   * A line beyond the limit, already skipped.
   *
   * @param start its first bytes
   */
  record TooLong(String start) implements Read {}

  /** Nothing whole came in time. */
  record TimedOut() implements Read {}

  /**
   * The other side closed the connection.
   *
   * @param rest what came of an unfinished line
   */
  record Closed(String rest) implements Read {}

  private LineSocket(Socket socket, LongSupplier nanos) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 2_048);
    this.nanos = nanos;
  }

  static LineSocket open(HostPort address, Duration timeout, LongSupplier nanos)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      // the name is looked up now, so that a device may move
      socket.connect(
          new InetSocketAddress(address.host(), address.port()), (int) timeout.toMillis());
      return new LineSocket(socket, nanos);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  void send(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Forgets what came unasked. */
  void drain() throws IOException {
    while (in.available() > 0) {
      if (in.skip(in.available()) == 0) {
        return;
      }
    }
  }

  /**
   * Reads the next line that is not empty.
   *
   * @param limit longest line, bytes
   * @param timeout for the whole line; zero waits for ever
   */
  Read readLine(int limit, Duration timeout) throws IOException {
    long deadline = nanos.getAsLong() + timeout.toNanos();
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    boolean tooLong = false;
    while (true) {
      if (!timeout.isZero()) {
        long left = (deadline - nanos.getAsLong()) / 1_000_000;
        if (left <= 0) {
          return new TimedOut();
        }
        socket.setSoTimeout((int) left);
      }
      int next;
      try {
        next = in.read();
      } catch (SocketTimeoutException e) {
        return new TimedOut();
      }
      if (next < 0) {
        return new Closed(line.toString(StandardCharsets.ISO_8859_1));
      }
      if (next == '\r' || next == '\n') {
        if (line.size() > 0) {
          String text = line.toString(StandardCharsets.ISO_8859_1);
          return tooLong ? new TooLong(text) : new Line(text);
        }
      } else if (line.size() < limit) {
        line.write(next);
      } else {
        tooLong = true;
      }
    }
  }

  /** Lets the read that is going on, and every later one, find the end; sending still works. */
  void endInput() throws IOException {
    socket.shutdownInput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
