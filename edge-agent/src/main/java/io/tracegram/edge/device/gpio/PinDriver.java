package io.tracegram.edge.device.gpio;

import io.tracegram.runtime.config.HostPort;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves simulated pins as a simulation says over TCP: a line {@code PIN COUNT} is that many pulses,
 * and is answered {@code OK} once they are counted, or {@code NO} with a reason. One connection at
 * a time; a line of more than 32 characters ends it.
 */
public final class PinDriver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PinDriver.class);
  private static final int LONGEST = 32;
  private static final int MOST_PULSES = 100_000;
  private static final int IDLE_MILLIS = 60_000;
  private static final Pattern LINE = Pattern.compile("(\\d{1,2}) (\\d{1,6})");

  private final Pins pins;
  private final ServerSocket server;

  /**
   * Listens from now on.
   *
   * @throws UncheckedIOException if the address is taken
   */
  public PinDriver(HostPort at, Pins pins) {
    this.pins = pins;
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(at.host(), at.port()), 1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen at " + at + " for simulated pins", e);
    }
    LOG.warn("event=gpio.simulated address={} reason=\"no pin of this machine is used\"", at);
    Thread.ofVirtual().name("pins").start(this::run);
  }

  private void run() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(IDLE_MILLIS);
        serve(socket);
      } catch (IOException e) {
        LOG.debug("event=gpio.driver-gone reason=\"{}\"", e.getMessage());
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && line.length() <= LONGEST; next = in.read()) {
      if (next != '\n') {
        line.append((char) next);
      } else {
        String answer = answer(line.toString()) + "\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        line.setLength(0);
      }
    }
  }

  private String answer(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > MOST_PULSES) {
      return "NO a line is PIN COUNT";
    }
    int pin = Integer.parseInt(parts.group(1));
    return pins.pulse(pin, Integer.parseInt(parts.group(2)))
        ? "OK"
        : "NO nobody listens at pin " + pin;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("event=gpio.close-failed", e);
    }
  }
}
