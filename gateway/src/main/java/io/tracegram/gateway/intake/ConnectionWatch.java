package io.tracegram.gateway.intake;

import io.tracegram.gateway.problem.Counters;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Refusal;
import io.tracegram.gateway.problem.Refusal.Reason;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.TCPMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections to the MQTT port that broke the protocol. Vert.x closes those before an
 * endpoint exists without telling the server, but it tells its metrics: so this is one.
 * Thread-safe.
 */
public final class ConnectionWatch implements TCPMetrics<ConnectionWatch.Connection>, VertxMetrics {
  private final Map<SocketAddress, Connection> connections = new ConcurrentHashMap<>();
  private final Counters counters;
  private final Problems problems;

  /** One connection; confined to its event loop. */
  static final class Connection {
    private boolean greeted;
    private @Nullable Throwable failure;
  }

  public ConnectionWatch(Counters counters, Problems problems) {
    this.counters = counters;
    this.problems = problems;
  }

  @Override
  public TCPMetrics<?> createNetServerMetrics(NetServerOptions options, SocketAddress local) {
    return this;
  }

  @Override
  public Connection connected(SocketAddress remote, String name) {
    Connection connection = new Connection();
    connections.put(remote, connection);
    return connection;
  }

  @Override
  public void exceptionOccurred(Connection connection, SocketAddress remote, Throwable failure) {
    if (connection.failure == null && !(failure instanceof IOException)) {
      connection.failure = failure;
    }
  }

  @Override
  public void disconnected(Connection connection, SocketAddress remote) {
    connections.remove(remote, connection);
    if (connection.failure != null) {
      report(remote, String.valueOf(connection.failure.getMessage()));
    } else if (!connection.greeted) {
      report(remote, "ended without a proper CONNECT");
    }
  }

  /** Takes note of a CONNECT; on the connection's event loop. */
  void greeted(SocketAddress remote) {
    Connection connection = connections.get(remote);
    if (connection != null) {
      connection.greeted = true;
    }
  }

  /** Takes note of what broke a greeted connection; on its event loop. */
  void broke(SocketAddress remote, Throwable failure) {
    Connection connection = connections.get(remote);
    if (connection != null) {
      exceptionOccurred(connection, remote, failure);
    }
  }

  private void report(SocketAddress remote, String reason) {
    new Refusal(Reason.PROTOCOL, "from " + remote + ": " + reason)
        .report("mqtt", counters, problems);
  }
}
