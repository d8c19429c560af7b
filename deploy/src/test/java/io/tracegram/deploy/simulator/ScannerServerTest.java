package io.tracegram.deploy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.deploy.simulator.ScannerServer.Answer;
import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScannerServerTest {
  private static final String LABEL = "]Q3010952000000002810CS-2611230800";
  private static final Duration LONG = Duration.ofSeconds(10);

  private final ScannerServer scanner = new ScannerServer("dock-in", new HostPort("127.0.0.1", 0));

  @BeforeEach
  void start() throws IOException {
    scanner.start();
  }

  @AfterEach
  void stop() {
    scanner.stop();
  }

  private CompletableFuture<Answer> scan(Duration patience) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return scanner.scan(LABEL, patience);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static String line(Socket host) throws IOException {
    host.setSoTimeout(5_000);
    return new String(
        host.getInputStream().readNBytes(LABEL.length() + 2), StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({"6, ACCEPTED", "21, REFUSED"})
  void sendsALineAndTakesTheHostsAnswer(int answer, Answer expected) throws Exception {
    CompletableFuture<Answer> outcome = scan(LONG);
    try (Socket host = new Socket(InetAddress.getLoopbackAddress(), scanner.port())) {
      assertThat(line(host)).isEqualTo(LABEL + "\r\n");
      host.getOutputStream().write(new byte[] {'?', (byte) answer});

      assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(expected);
    }
  }

  @Test
  void waitsForNoOneLongerThanItsPatience() throws InterruptedException {
    assertThat(scanner.scan(LABEL, Duration.ofMillis(50))).isEqualTo(Answer.NONE);
  }

  @Test
  void aSilentHostIsCutOffAndTheNextOneIsHeard() throws Exception {
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), scanner.port())) {
      assertThat(scan(Duration.ofMillis(300)).get(10, TimeUnit.SECONDS)).isEqualTo(Answer.NONE);
      assertThat(line(silent)).isEqualTo(LABEL + "\r\n");
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
    CompletableFuture<Answer> outcome = scan(LONG);
    try (Socket host = new Socket(InetAddress.getLoopbackAddress(), scanner.port())) {
      assertThat(line(host)).isEqualTo(LABEL + "\r\n");
      host.getOutputStream().write(6);
      assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(Answer.ACCEPTED);
    }
  }
}
