package io.tracegram.deploy.bench;

import io.tracegram.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * The gateway under measurement, in a process of its own: prints {@code READY <MQTT port>}, ends
 * when its input ends, and then prints {@code STOPPED <admitted> <refused>}.
 */
public final class BenchGateway {
  private BenchGateway() {}

  public static void main(String[] arguments) throws IOException {
    Gateway gateway =
        Gateway.open(
            BenchPlant.gateway(Path.of(arguments[0])),
            Clock.systemUTC(),
            new SecureRandom(),
            code -> Runtime.getRuntime().halt(code));
    gateway.start();
    System.out.println("READY " + gateway.mqttPort());
    while (System.in.read() >= 0) {
      // lives as long as the driver holds the other end
    }
    gateway.stop();
    System.out.println(
        "STOPPED " + gateway.counters().admitted() + " " + gateway.counters().refusedTotal());
  }
}
