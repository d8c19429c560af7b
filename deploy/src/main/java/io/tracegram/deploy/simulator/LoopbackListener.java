package io.tracegram.deploy.simulator;

import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections and gives each its own virtual thread; beyond its limit the newcomer is
 * closed. Thread-safe.
 */
final class LoopbackListener {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackListener.class);
  private static final int MAX_CONNECTIONS = 32;

  private final String name;
  private final ServerSocket server;
  private final Handler handler;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /** Talks to one client until it leaves; the socket is closed when it returns or throws. */
  interface Handler {
    void handle(Socket socket) throws IOException, InterruptedException;
  }

  private LoopbackListener(String name, ServerSocket server, Handler handler) {
    this.name = name;
    this.server = server;
    this.handler = handler;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if the address is taken; the message says which
   */
  static LoopbackListener open(String name, HostPort listen, Handler handler) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(listen.host(), listen.port()));
    } catch (IOException e) {
      server.close();
      throw new IOException(name + " cannot listen on " + listen + ": " + e.getMessage(), e);
    }
    LoopbackListener listener = new LoopbackListener(name, server, handler);
    Thread.ofVirtual().name(name).start(listener::accept);
    return listener;
  }

  int port() {
    return server.getLocalPort();
  }

  void close() {
    closeQuietly(server);
    connections.forEach(LoopbackListener::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (connections.size() >= MAX_CONNECTIONS) {
          closeQuietly(socket);
        } else {
          connections.add(socket);
          Thread.ofVirtual().name(name).start(() -> serve(socket));
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("event=simulator.accept-failed device={} reason={}", name, e.getMessage());
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      handler.handle(socket);
    } catch (IOException e) {
      LOG.debug("event=simulator.connection-lost device={} reason={}", name, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(socket);
    }
  }

  static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      LOG.debug("event=simulator.close-failed reason={}", e.getMessage());
    }
  }
}
