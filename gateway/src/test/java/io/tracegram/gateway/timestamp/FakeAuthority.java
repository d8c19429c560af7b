package io.tracegram.gateway.timestamp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tracegram.runtime.config.TimestampSource;
import io.tracegram.runtime.timestamp.SimulatedAuthority;
import io.tracegram.runtime.timestamp.TimestampAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A time-stamping authority on a real socket, honest until told otherwise. */
final class FakeAuthority implements AutoCloseable {
  /** What it does with a request. */
  interface Behaviour {
    void answer(byte[] request, HttpExchange exchange) throws Exception;
  }

  private final SimulatedAuthority authority;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  final AtomicInteger asked = new AtomicInteger();
  volatile Behaviour behaviour;

  FakeAuthority(SimulatedAuthority authority) throws IOException {
    this.authority = authority;
    this.behaviour = honest(authority);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(threads);
    server.createContext("/tsr", this::handle);
    server.start();
  }

  static Behaviour honest(SimulatedAuthority authority) {
    return (request, exchange) -> send(exchange, authority.answer(request));
  }

  static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/timestamp-reply");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Sends bytes until the client has had enough. */
  static void sendForever(HttpExchange exchange, int bytesAtOnce, Duration pause) throws Exception {
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    for (long sent = 0; sent < 100 << 20; sent += bytesAtOnce) {
      body.write(new byte[bytesAtOnce]);
      body.flush();
      Thread.sleep(pause);
    }
  }

  TimestampSource source(String name) {
    return new TimestampSource(
        new TimestampAuthority(name, List.of(authority.anchor()), Optional.empty()),
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsr"),
        Duration.ofDays(1));
  }

  private void handle(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    try (exchange) {
      behaviour.answer(exchange.getRequestBody().readAllBytes(), exchange);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
