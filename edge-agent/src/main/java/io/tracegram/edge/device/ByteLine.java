package io.tracegram.edge.device;

import io.tracegram.runtime.config.LineAddress;
import java.io.IOException;
import java.time.Duration;

/** An open line that carries bytes without frames. Single-threaded. */
interface ByteLine extends AutoCloseable {
  /**
   * Opens a line.
   *
   * @throws IOException saying why not, after 2 s at the latest
   */
  static ByteLine open(LineAddress address) throws IOException {
    return switch (address) {
      case LineAddress.Tcp(var at) -> TcpByteLine.open(at);
      case LineAddress.Serial serial -> SerialByteLine.open(serial);
    };
  }

  void send(byte[] bytes) throws IOException;

  /**
   * Takes bytes that are there, and waits for the first of them if there are none.
   *
   * @return how many; 0 if none came in time
   * @throws IOException if the line is lost
   */
  int read(byte[] into, int from, Duration wait) throws IOException, InterruptedException;

  @Override
  void close();
}
