package io.tracegram.deploy.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.edge.EdgeAgent;
import io.tracegram.gateway.GatewayProgram;
import io.tracegram.runtime.config.AgentFile;
import io.tracegram.runtime.config.GatewayFile;
import io.tracegram.runtime.config.ProfileCatalog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a scanner's socket through agent, MQTT, log and accounts, back to the scanner's display. */
@Timeout(120)
class FeedbackTest {
  private static final int ACK = 0x06;
  private static final long AT_ONCE_MILLIS = 300;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final ServerSocket scanner = listen();
  private final ServerSocket scale = listen();
  private final EdgeAgent agent;
  private final GatewayProgram gateway;

  FeedbackTest(@TempDir Path directory) throws IOException {
    int mqtt;
    try (ServerSocket free = listen()) {
      mqtt = free.getLocalPort();
    }
    write(
        directory.resolve("profiles/test/display.yaml"),
        """
        kind: scanner
        vendor: test
        model: display
        source: none
        acknowledgement: ack-nak
        feedback: line
        """);
    write(
        directory.resolve("plant.yaml"),
        """
        facility: {id: plant, name: Plant, operator: plant.example, timeZone: UTC}
        agents: [dock-agent]
        profiles: profiles
        grid: {}
        workstations: [{id: dock, name: Dock}]
        meters:
          - {id: main, name: Grid, role: grid-import, profile: imported, accuracyClass: "1", maxPowerKw: 1}
        scales:
          - {id: floor-scale, profile: mettler-toledo/mt-sics, address: "tcp://127.0.0.1:%d"}
        scanners:
          - {id: dock-in, workstation: dock, step: receive, scale: floor-scale, profile: test/display, address: "tcp://127.0.0.1:%d"}
        materials: [{gtin: "09520000000011", name: Cobalt hydroxide}]
        """
            .formatted(scale.getLocalPort(), scanner.getLocalPort()));
    write(
        directory.resolve("agent.yaml"),
        """
        agent: dock-agent
        plant: plant.yaml
        data: agent
        broker: tcp://127.0.0.1:%d
        gatewayKey: gateway/keys/gateway.pub
        poll: 1s
        """
            .formatted(mqtt));
    write(
        directory.resolve("gateway.yaml"),
        """
        plant: plant.yaml
        data: gateway
        http: 127.0.0.1:0
        mqtt: 127.0.0.1:%d
        agents: [{id: dock-agent, key: agent/keys/dock-agent.pub}]
        """
            .formatted(mqtt));
    agent =
        new EdgeAgent(
            AgentFile.load(directory.resolve("agent.yaml"), ProfileCatalog.bundled()).orThrow(),
            InstantSource.system(),
            new SecureRandom());
    gateway =
        GatewayProgram.open(
            GatewayFile.load(directory.resolve("gateway.yaml"), ProfileCatalog.bundled()).orThrow(),
            Clock.systemUTC(),
            new SecureRandom(),
            code -> {});
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() throws IOException {
    Thread.ofVirtual().start(this::weigh);
    gateway.start();
    agent.start();
  }

  @AfterEach
  void stop() throws Exception {
    agent.stop();
    gateway.stop();
    scanner.close();
    scale.close();
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void aPersonSeesWithin300MillisecondsWhatBecameOfAScan() throws Exception {
    try (Socket gun = scanner.accept()) {
      gun.setTcpNoDelay(true);
      gun.setSoTimeout(20_000);
      BufferedReader shown =
          new BufferedReader(
              new InputStreamReader(gun.getInputStream(), StandardCharsets.ISO_8859_1));
      // the first one finds everything still connecting
      assertThat(scan(gun, shown, "WARM")).isEqualTo("OK Received 25 kg of WARM");
      List<Long> millis = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        long began = System.nanoTime();
        String line = scan(gun, shown, "L" + i);
        millis.add((System.nanoTime() - began) / 1_000_000);
        assertThat(line).isEqualTo("OK Received 25 kg of L" + i);
      }
      assertThat(scan(gun, shown, "L7"))
          .startsWith("NO Refused: this lot or serial number is on the books already - give each");
      millis.sort(null);
      assertThat(millis.get(10)).as("median of %s", millis).isLessThanOrEqualTo(AT_ONCE_MILLIS);
    }
  }

  /** Scans a label; returns what the display shows in the end. */
  private static String scan(Socket gun, BufferedReader shown, String lot) throws IOException {
    gun.getOutputStream()
        .write(("]Q301095200000000111" + "0" + lot + "\r\n").getBytes(StandardCharsets.US_ASCII));
    assertThat(shown.read()).as("kept on the device").isEqualTo(ACK);
    String line = shown.readLine();
    while (line != null && line.startsWith("OK Waits for the weight of floor-scale")) {
      line = shown.readLine();
    }
    return String.valueOf(line);
  }

  private void weigh() {
    while (!scale.isClosed()) {
      try {
        Socket socket = scale.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> weigh(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void weigh(Socket socket) {
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      while (in.readLine() != null) {
        socket.getOutputStream().write("S S    25.000 kg\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // the agent ended
    }
  }
}
