package io.tracegram.cloud.console;

import io.tracegram.cloud.declaration.CloudReadModel;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** The central service's pages over a {@link SampleCloud}, on a real socket. */
public final class SampleConsole implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final int port;

  /**
   * Serves a cloud.
   *
   * @param port 0 lets the system choose
   */
  public SampleConsole(CloudReadModel model, int port) throws Exception {
    Console console = new Console(vertx, model);
    WebShell shell = new WebShell(vertx, WebAddress.loopback(port), console.assets(), console);
    console.mount(shell.router());
    this.port = shell.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Serves the sample to look at, until the process is ended. */
  public static void main(String[] arguments) throws Exception {
    new SampleConsole(new SampleCloud("Battery pack 75 kWh"), Integer.parseInt(arguments[0]));
  }
}
