package io.tracegram.deploy.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log whose server lies, stalls or never ends. */
@Timeout(60)
class HostileAddressTest {
  private static final Duration PATIENCE = Duration.ofMillis(400);

  private final Map<String, Answer> lies = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private Path evidence;

  private interface Answer {
    void give(HttpExchange exchange) throws IOException, InterruptedException;
  }

  @BeforeEach
  void serve(@TempDir Path directory) throws IOException {
    evidence = SampleEvidence.export(directory, 560);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/log/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring("/log/".length());
    asked.add(name);
    try (exchange) {
      Answer lie = lies.get(name);
      if (lie != null) {
        lie.give(exchange);
        return;
      }
      Path file = evidence.resolve(name);
      if (Files.isRegularFile(file)) {
        byte[] body = Files.readAllBytes(file);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anHonestServerIsVerifiedWithNothingAskedButTheLog() throws IOException {
    assertThat(verify().findings()).isEmpty();
    assertThat(asked)
        .allMatch(
            name -> name.matches("checkpoint|timestamps/index|tile/[0-9a-z]+/\\d+(.p/\\d+)?"));
  }

  @Test
  void namesTheTileThatIsNotThere() throws IOException {
    lies.put("tile/0/001", exchange -> exchange.sendResponseHeaders(404, -1));

    assertNamed(verify(), "tile/0/001", "missing");
  }

  @Test
  void followsNoRedirect() throws IOException {
    lies.put(
        "tile/entries/001",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/log/tile/entries/000");
          exchange.sendResponseHeaders(302, -1);
        });

    assertNamed(verify(), "tile/entries/001", "302");
  }

  @Test
  void endsABodyThatNeverEnds() throws IOException {
    lies.put(
        "tile/0/000",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          byte[] more = new byte[8_192];
          while (over.getCount() > 0) {
            out.write(more);
          }
        });

    assertNamed(verify(), "tile/0/000", "cannot be read");
  }

  @Test
  void waitsForNoBodyThatDrips() throws IOException {
    lies.put(
        "tile/entries/000",
        exchange -> {
          exchange.sendResponseHeaders(200, 100_000);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          over.await();
        });

    assertNamed(verify(), "tile/entries/000", "not answered within");
  }

  @Test
  void namesATileOfAnotherWidth() throws IOException {
    lies.put(
        "tile/0/000",
        exchange -> {
          exchange.sendResponseHeaders(200, 32);
          exchange.getResponseBody().write(new byte[32]);
        });

    assertNamed(verify(), "tile/0/000", "32 bytes");
  }

  @Test
  void believesNoCheckpointThatIsTooLongOrNoText() {
    lies.put(
        "checkpoint",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          while (over.getCount() > 0) {
            out.write("endless\n".repeat(1_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
          }
        });

    assertThatThrownBy(this::verify).isInstanceOf(IOException.class);
  }

  @Test
  void saysThatAnErrorIsOne() throws IOException {
    lies.put("tile/1/000.p/2", exchange -> exchange.sendResponseHeaders(503, -1));

    assertNamed(verify(), "tile/1/000.p/2", "503");
  }

  private VerifyReport verify() throws IOException {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (HttpSource source = new HttpSource(address, PATIENCE)) {
      return new LogVerifier(
              source, Optional.of(SampleEvidence.policy(evidence)), (leaves, size) -> {})
          .verify();
    }
  }

  private static void assertNamed(VerifyReport report, String file, String reason) {
    assertThat(report.verified()).isFalse();
    assertThat(report.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.file()).contains(file);
              assertThat(finding.reason()).contains(reason);
            });
  }
}
