package io.tracegram.runtime.factor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP service whose answers a test writes; the last one is given again and again. */
final class FakeService implements AutoCloseable {
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> tokens = new CopyOnWriteArrayList<>();

  /** One answer. */
  interface Answer {
    void give(HttpExchange exchange) throws IOException, InterruptedException;
  }

  FakeService(Answer... answers) throws IOException {
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String token = exchange.getRequestHeaders().getFirst("auth-token");
          tokens.add(String.valueOf(token));
          int turn = Math.min(asked.getAndIncrement(), answers.length - 1);
          try (exchange) {
            answers[turn].give(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/history?zone=DE");
  }

  /** Returns the value of {@code auth-token} of every request. */
  List<String> tokens() {
    return tokens;
  }

  static Answer body(String text) {
    return status(200, text.getBytes(StandardCharsets.UTF_8));
  }

  static Answer status(int status, byte[] body) {
    return exchange -> {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
