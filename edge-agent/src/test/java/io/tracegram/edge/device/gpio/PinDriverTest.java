package io.tracegram.edge.device.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.edge.device.RawServer;
import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinDriverTest {
  private final HostPort address = new HostPort("127.0.0.1", RawServer.freePort());
  private final Pins pins = Pins.simulated();
  private final PulseCounter counter = new PulseCounter(Duration.ofMillis(100));
  private PinDriver driver;

  @BeforeEach
  void start() throws PinException {
    pins.listen(17, 20_000, counter);
    driver = new PinDriver(address, pins);
  }

  @AfterEach
  void close() {
    driver.close();
    pins.close();
  }

  private String ask(String bytes) throws IOException {
    try (Socket socket = new Socket(address.host(), address.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void pulsesAreCountedWhenTheyAreAnswered() throws IOException {
    assertThat(ask("17 3\n17 100000\n")).isEqualTo("OK\nOK\n");
    assertThat(counter.take()).isEqualTo(new PulseCounter.Taken(100_003, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"18 1", "17", "17 -1", "17 100001", "17 1000000", "seventeen 1", "17 1 1"})
  void refusesWhatItCannotDo(String line) throws IOException {
    assertThat(ask(line + "\n17 1\n")).startsWith("NO ").endsWith("\nOK\n");
    assertThat(counter.take().pulses()).isEqualTo(1);
  }

  @Test
  void survivesLinesWithoutEndAndServesTheNext() throws IOException {
    try (Socket socket = new Socket(address.host(), address.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(new byte[40]);
      assertThat(socket.getInputStream().read()).as("hung up").isEqualTo(-1);
    }
    assertThat(ask("17 2\n")).isEqualTo("OK\n");
    assertThat(counter.take().pulses()).isEqualTo(2);
  }
}
