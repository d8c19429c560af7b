package io.tracegram.edge.device;

import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** A TCP server on a port of the system's choice whose every connection a test scripts. */
public final class RawServer implements AutoCloseable {
  /** What happens on a connection; it is closed afterwards. */
  public interface Script {
    void run(Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile Script script;

  public RawServer(Script script) {
    this.script = script;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException("no port", e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** A free port below those that Linux gives to clients, so that no connection takes it. */
  public static int freePort() {
    for (int attempt = 0; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(21_000, 32_768);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException e) {
        if (attempt == 100) throw new UncheckedIOException("no port is free", e);
      }
    }
  }

  /** Scripts the connections that come from now on. */
  public void script(Script next) {
    script = next;
  }

  public int port() {
    return server.getLocalPort();
  }

  public int connections() {
    return sockets.size();
  }

  public HostPort address() {
    return new HostPort("127.0.0.1", port());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.run(socket);
    } catch (IOException e) {
      // the client hung up, which is what some tests are about
      return;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("the server does not close", e);
    }
  }
}
