package io.tracegram.deploy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.deploy.simulator.ScaleServer.Motion;
import io.tracegram.deploy.simulator.ScaleServer.Pan;
import io.tracegram.runtime.config.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScaleServerTest {
  private final ScaleServer scale = new ScaleServer(new HostPort("127.0.0.1", 0));

  @BeforeEach
  void start() throws IOException {
    scale.start();
  }

  @AfterEach
  void stop() {
    scale.stop();
  }

  private String ask(String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scale.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return String.valueOf(
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine());
    }
  }

  @Test
  void answersAsMtSicsSays() throws IOException {
    scale.load(new Pan(462_500, Motion.STILL));

    assertThat(ask("S")).isEqualTo("S S     462.50 kg");
    assertThat(ask("SI")).isEqualTo("S S     462.50 kg");
    assertThat(ask("I4")).isEqualTo("I4 A \"DEMO-0001\"");
    assertThat(ask("I2")).startsWith("I2 A \"DEMO");
    assertThat(ask("Z")).isEqualTo("Z I");
    assertThat(ask("nonsense")).isEqualTo("ES");
  }

  @Test
  void tellsNoStableWeightWhileItMovesOrIsOverloaded() throws IOException {
    scale.load(new Pan(462_500, Motion.MOVING));
    assertThat(ask("S")).isEqualTo("S I");
    assertThat(ask("SI")).isEqualTo("S D     462.50 kg");

    scale.load(new Pan(2_000_010, Motion.STILL));
    assertThat(ask("S")).isEqualTo("S +");

    scale.load(new Pan(-10, Motion.STILL));
    assertThat(ask("S")).isEqualTo("S -");
  }

  @Test
  void weighsNetAfterTare() throws IOException {
    scale.load(new Pan(25_000, Motion.STILL));
    assertThat(ask("T")).isEqualTo("T S      25.00 kg");

    scale.load(new Pan(125_000, Motion.STILL));
    assertThat(ask("S")).isEqualTo("S S     100.00 kg");

    scale.load(new Pan(0, Motion.STILL));
    assertThat(ask("Z")).isEqualTo("Z A");
    assertThat(ask("S")).isEqualTo("S S       0.00 kg");
  }
}
