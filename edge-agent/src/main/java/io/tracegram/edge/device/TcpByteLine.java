package io.tracegram.edge.device;

import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A line behind a serial device server. */
final class TcpByteLine implements ByteLine {
  private static final int CONNECT_MILLIS = 2_000;

  private final Socket socket;

  private TcpByteLine(Socket socket) {
    this.socket = socket;
  }

  static TcpByteLine open(HostPort address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      // the name is looked up now, so that a device may move
      socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
      return new TcpByteLine(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  @Override
  public int read(byte[] into, int from, Duration wait) throws IOException {
    socket.setSoTimeout((int) Math.max(1, wait.toMillis()));
    try {
      int count = socket.getInputStream().read(into, from, into.length - from);
      if (count < 0) {
        throw new IOException("the other side closed the connection");
      }
      return count;
    } catch (SocketTimeoutException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it is of no use any more, and its owner forgets it
      return;
    }
  }
}
