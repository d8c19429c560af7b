package io.tracegram.deploy.simulator;

import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.PulseInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulated pulse output, which moves a simulated pin of the agent. Pulses that no agent takes
 * wait, where those of a real meter would be lost. Single-threaded.
 */
final class PulseOutput implements MeterDisplay, DeviceServer {
  private static final Logger LOG = LoggerFactory.getLogger(PulseOutput.class);
  private static final long MOST_PULSES = 100_000;
  private static final int PATIENCE_MILLIS = 5_000;

  private final String meter;
  private final PulseInput output;
  private final HostPort pins;
  private @Nullable Socket socket;
  private @Nullable BufferedReader answers;
  private long given;

  PulseOutput(String meter, PulseInput output, HostPort pins) {
    this.meter = meter;
    this.output = output;
    this.pins = pins;
  }

  @Override
  public void show(long energyMilliwattHours, long powerMilliwatts) {
    long due = pulses(energyMilliwattHours) - given;
    try {
      while (due > 0) {
        long next = Math.min(due, MOST_PULSES);
        if (!give(next)) {
          return;
        }
        given += next;
        due -= next;
      }
    } catch (IOException e) {
      LOG.debug("event=pulses.waiting meter={} due={} reason=\"{}\"", meter, due, e.getMessage());
      stop();
    }
  }

  /** Returns the pulses since the register said what counting began with. */
  private long pulses(long register) {
    return BigDecimal.valueOf(register, 6)
        .subtract(output.start())
        .multiply(output.perUnit())
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }

  /** Returns whether the agent counted them. */
  private boolean give(long pulses) throws IOException {
    if (socket == null || answers == null) {
      Socket opened = new Socket();
      socket = opened;
      opened.connect(new InetSocketAddress(pins.host(), pins.port()), PATIENCE_MILLIS);
      opened.setSoTimeout(PATIENCE_MILLIS);
      opened.setTcpNoDelay(true);
      answers =
          new BufferedReader(
              new InputStreamReader(opened.getInputStream(), StandardCharsets.US_ASCII));
    }
    String line = output.pin() + " " + pulses + "\n";
    socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the agent is gone");
    }
    return answer.equals("OK");
  }

  /** Nothing: the agent listens, and may come later. */
  @Override
  public void start() {}

  @Override
  public void stop() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      LOG.debug("event=pulses.close-failed meter={}", meter, e);
    }
    socket = null;
    answers = null;
  }
}
