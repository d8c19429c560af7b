package io.tracegram.gateway.dashboard;

import io.tracegram.runtime.config.PeriodPolicy;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** A gateway's pages over a {@link SamplePlant}, on a real socket. */
public final class SampleGateway implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final int port;

  /**
   * Serves a plant.
   *
   * @param port 0 lets the system choose
   */
  public SampleGateway(PlantReadModel plant, int port) throws Exception {
    Dashboard dashboard =
        new Dashboard(vertx, plant, Clock.systemUTC(), PeriodPolicy.DEFAULT.materialityPercent());
    WebShell shell = new WebShell(vertx, WebAddress.loopback(port), dashboard.assets(), dashboard);
    dashboard.mount(shell.router());
    this.port = shell.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Serves a living plant to look at, until the process is ended. */
  public static void main(String[] arguments) throws Exception {
    boolean empty = arguments.length > 1;
    SamplePlant plant = empty ? SamplePlant.empty() : SamplePlant.atAfternoon();
    SampleGateway gateway = new SampleGateway(plant, Integer.parseInt(arguments[0]));
    if (!empty) {
      gateway.vertx.setPeriodic(2_000, tick -> plant.grow());
    }
  }
}
