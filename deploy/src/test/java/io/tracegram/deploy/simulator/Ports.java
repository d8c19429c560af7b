package io.tracegram.deploy.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports that nothing listens on, below those that Linux gives to clients (from 32768): what
 * connects somewhere between the finding and the listening cannot take one.
 */
public final class Ports {
  private Ports() {}

  /** A port that was free a moment ago, on the loopback address. */
  public static int free() {
    for (int attempt = 0; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(21_000, 32_768);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException e) {
        if (attempt == 100) throw new UncheckedIOException("no port is free", e);
      }
    }
  }
}
