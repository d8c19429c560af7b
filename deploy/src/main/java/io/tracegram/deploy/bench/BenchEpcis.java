package io.tracegram.deploy.bench;

import io.tracegram.gateway.Gateway;
import io.tracegram.gateway.GatewayEpcis;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/**
 * A gateway with its EPCIS interface under measurement, in a process of its own: prints {@code
 * READY <HTTP port>} and ends when its input ends.
 */
public final class BenchEpcis {
  private BenchEpcis() {}

  public static void main(String[] arguments) throws IOException {
    Path data = Path.of(arguments[0]);
    SecureRandom random = new SecureRandom();
    Gateway gateway =
        Gateway.open(
            BenchPlant.gateway(data),
            Clock.systemUTC(),
            random,
            code -> Runtime.getRuntime().halt(code));
    WebShell shell =
        new WebShell(
            gateway.vertx(),
            WebAddress.loopback(0),
            new Assets(BenchEpcis.class, List.of()),
            problem -> problem.title());
    GatewayEpcis epcis = new GatewayEpcis(gateway, data, Clock.systemUTC(), random);
    epcis.mount(shell.router());
    int port = shell.start().toCompletionStage().toCompletableFuture().join();
    gateway.start();
    epcis.start();
    System.out.println("READY " + port);
    while (System.in.read() >= 0) {
      // lives as long as the driver holds the other end
    }
    gateway.quiesce();
    epcis.close();
    gateway.stop();
    System.out.println("STOPPED");
  }
}
