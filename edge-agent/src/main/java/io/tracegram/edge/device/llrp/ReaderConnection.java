package io.tracegram.edge.device.llrp;

import io.tracegram.runtime.config.HostPort;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A TCP connection to a reader. One thread reads; sending and ending may come from others. A reader
 * that takes nothing loses its connection.
 */
final class ReaderConnection implements AutoCloseable {
  private static final Duration SEND = Duration.ofSeconds(5);

  /** All that waits for a reader that takes nothing. */
  private static final int SEND_BUFFER = 8_192;

  private final Socket socket;
  private final LongSupplier nanos;
  private final FrameBuffer frames = new FrameBuffer();
  private final byte[] chunk = new byte[4_096];
  private final ReentrantLock sending = new ReentrantLock();

  private ReaderConnection(Socket socket, LongSupplier nanos) {
    this.socket = socket;
    this.nanos = nanos;
  }

  /**
   * @param nanos monotonic time
   */
  static ReaderConnection open(HostPort address, Duration timeout, LongSupplier nanos)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.setSendBufferSize(SEND_BUFFER);
      // the name is looked up now, so that a device may move
      socket.connect(
          new InetSocketAddress(address.host(), address.port()), (int) timeout.toMillis());
      return new ReaderConnection(socket, nanos);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends a whole message, waiting for at most 5 s. */
  void send(byte[] message) throws IOException {
    sending.lock();
    Thread limit = Thread.ofVirtual().start(this::closeUnlessInterrupted);
    try {
      socket.getOutputStream().write(message);
    } finally {
      limit.interrupt();
      sending.unlock();
    }
  }

  private void closeUnlessInterrupted() {
    try {
      Thread.sleep(SEND);
      socket.close();
    } catch (InterruptedException | IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns the next message, empty if none is whole by the deadline.
   *
   * @param deadline in the time of {@code nanos}; what is here already is given after it, too
   * @throws LlrpException if what comes is no LLRP
   * @throws IOException if the connection is at its end
   */
  Optional<Frame> next(long deadline) throws IOException {
    Optional<Frame> frame = frames.next();
    while (frame.isEmpty()) {
      long left = Math.ceilDiv(deadline - nanos.getAsLong(), 1_000_000);
      if (left <= 0) {
        return frame;
      }
      socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
      try {
        int length = socket.getInputStream().read(chunk);
        if (length < 0) {
          throw new EOFException("it closed the connection");
        }
        frames.add(chunk, length);
      } catch (SocketTimeoutException e) {
        return frame;
      }
      frame = frames.next();
    }
    return frame;
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
