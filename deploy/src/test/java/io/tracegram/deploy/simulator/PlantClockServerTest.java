package io.tracegram.deploy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.config.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PlantClockServerTest {
  private final PlantClockServer clock =
      new PlantClockServer(new HostPort("127.0.0.1", 0), Set.of("refinery-agent"));

  @BeforeEach
  void start() throws IOException {
    clock.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    clock.stop();
  }

  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    void say(String line) throws IOException {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    String hear() throws IOException {
      return String.valueOf(in.readLine());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void timeWaitsUntilTheAgentIsDone() throws Exception {
    try (Client agent = new Client(clock.port())) {
      agent.say("HELLO refinery-agent");
      clock.awaitAgents();
      clock.tick(1_000);
      assertThat(agent.hear()).isEqualTo("TICK 1000");
      assertThat(clock.awaitConnectedDone(Duration.ofMillis(100))).isFalse();

      agent.say("DONE 1000");

      clock.awaitAllDone();
      clock.end();
      assertThat(agent.hear()).isEqualTo("END");
    }
  }

  @Test
  void anAgentThatComesBackIsToldTheTime() throws Exception {
    try (Client before = new Client(clock.port())) {
      before.say("HELLO refinery-agent");
      clock.awaitAgents();
      clock.tick(2_000);
      assertThat(before.hear()).isEqualTo("TICK 2000");
    }
    try (Client again = new Client(clock.port())) {
      again.say("HELLO refinery-agent");
      assertThat(again.hear()).isEqualTo("TICK 2000");
      again.say("DONE 2000");
      clock.awaitAllDone();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HELLO nobody",
        "GET / HTTP/1.1",
        "HELLO refinery-agent\nDONE 9223372036854775807",
        "HELLO refinery-agent\nDONE soon",
        "\u0001\u0002",
        "HELLO"
            + " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void cutsOffAClientThatSaysAnythingElse(String words) throws Exception {
    try (Client hostile = new Client(clock.port())) {
      hostile.say(words);
      assertThat(hostile.hear()).isEqualTo("null");
    }
    try (Client agent = new Client(clock.port())) {
      agent.say("HELLO refinery-agent");
      clock.awaitAgents();
      clock.tick(5);
      assertThat(agent.hear()).isEqualTo("TICK 5");
    }
  }

  @Test
  void aClientThatNeverSpeaksHoldsNothingUp() throws Exception {
    try (Client silent = new Client(clock.port());
        Client agent = new Client(clock.port())) {
      assertThat(silent).isNotNull();
      agent.say("HELLO refinery-agent");
      clock.awaitAgents();
      clock.tick(7);
      agent.hear();
      agent.say("DONE 7");
      clock.awaitAllDone();
    }
  }
}
