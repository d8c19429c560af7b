package io.tracegram.deploy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.PulseInput;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PulseOutputTest {
  private final HostPort pins = new HostPort("127.0.0.1", Ports.free());
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile String answer = "OK";

  /** 100 pulses a kWh, from 10 kWh on. */
  private final PulseOutput output =
      new PulseOutput(
          "press",
          new PulseInput(
              17, new BigDecimal(100), Unit.KILOWATT_HOUR, 20_000, BigDecimal.TEN, BigDecimal.TEN),
          pins);

  private void agent(Socket socket) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      told.add(line);
      if (answer.isEmpty()) {
        return; // it dies before it counts them
      }
      socket.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void givesThePulsesOfWhatWasCounted() throws IOException {
    LoopbackListener agent = LoopbackListener.open("pins", pins, this::agent);
    output.show(10_000_000, 0);
    output.show(10_019_999, 0);
    output.show(10_020_000, 0);
    output.show(2_010_020_000, 0);
    output.stop();
    agent.close();

    assertThat(told).containsExactly("17 1", "17 1", "17 100000", "17 100000");
  }

  @Test
  void pulsesThatNoAgentTakesWait() throws IOException {
    output.show(10_050_000, 0);
    LoopbackListener agent = LoopbackListener.open("pins", pins, this::agent);
    answer = "NO nobody listens at pin 17";
    output.show(10_060_000, 0);
    answer = "OK";
    output.show(10_070_000, 0);
    answer = "";
    output.show(10_080_000, 0);
    answer = "OK";
    output.show(10_090_000, 0);
    output.stop();
    agent.close();

    assertThat(told).containsExactly("17 6", "17 7", "17 1", "17 2");
  }
}
