package io.tracegram.deploy.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tracegram.runtime.timestamp.SimulatedAuthority;
import io.tracegram.runtime.timestamp.TimestampAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The demonstration's time-stamping authority, on loopback (RFC 3161 §3.4). Its name says that it
 * is simulated; its keys live as long as it does.
 */
final class DemoAuthority implements AutoCloseable {
  /** Under which gateways know it, and pages show it. */
  static final String NAME = "simulated-authority";

  private static final int MAX_REQUEST = 4_096;

  private final SimulatedAuthority authority;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Optional<HttpServer> server = Optional.empty();

  DemoAuthority(Clock clock, SecureRandom random) {
    authority = SimulatedAuthority.create(clock, random);
  }

  /** Returns the certificate to trust, as PEM. */
  String anchorPem() {
    return authority.anchorPem();
  }

  TimestampAuthority trusted() {
    return new TimestampAuthority(NAME, List.of(authority.anchor()), Optional.empty());
  }

  /**
   * Answers from now on.
   *
   * @throws IOException if the port is taken
   */
  void start(int port) throws IOException {
    HttpServer started =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    started.setExecutor(threads);
    started.createContext("/", this::answer);
    started.start();
    server = Optional.of(started);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] answer = authority.answer(exchange.getRequestBody().readNBytes(MAX_REQUEST));
      exchange.getResponseHeaders().add("Content-Type", "application/timestamp-reply");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.ifPresent(running -> running.stop(0));
    threads.shutdownNow();
  }
}
