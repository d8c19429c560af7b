package io.tracegram.cloud;

import io.tracegram.cloud.console.Console;
import io.tracegram.runtime.config.CloudFile;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The central service as a program: the service behind its web server. Started and stopped once.
 */
public final class CloudProgram {
  private static final Logger LOG = LoggerFactory.getLogger(CloudProgram.class);

  private final Vertx vertx;
  private final CloudIngest service;
  private final WebShell web;
  private final WebAddress address;
  private volatile int port;

  private CloudProgram(Vertx vertx, CloudIngest service, WebAddress address) {
    this.vertx = vertx;
    this.service = service;
    this.address = address;
    Console console = new Console(vertx, service.readModel());
    web = new WebShell(vertx, address, console.assets(), console);
    service.mount(web.router());
    console.mount(web.router());
  }

  /**
   * Opens the service; nothing listens yet.
   *
   * @throws IOException if a key, the mirror or the database cannot be opened; says what to do
   */
  public static CloudProgram open(CloudFile file, Clock clock, SecureRandom random)
      throws IOException {
    String publicHost = file.publicUrl().getHost();
    WebAddress address =
        new WebAddress(
            file.http().host(),
            file.http().port(),
            publicHost == null ? Set.of() : Set.of(publicHost));
    CloudConfig config = CloudConfig.load(file);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(8));
    try {
      return new CloudProgram(vertx, CloudIngest.open(vertx, config, random, clock), address);
    } catch (IOException | RuntimeException e) {
      await(vertx.close());
      throw e;
    }
  }

  /**
   * Serves and audits; on return the port is open. Not on an event loop.
   *
   * @throws IOException if the port is taken
   */
  public void start() throws IOException {
    service.start();
    try {
      port = await(web.start());
    } catch (CompletionException e) {
      throw new IOException(
          "cannot listen on %s:%d: choose another http: in cloud.yaml"
              .formatted(address.host(), address.port()),
          e.getCause());
    }
    LOG.info(
        "event=cloud.ready http={}:{} mirror={}", address.host(), port, service.mirrorKey().vkey());
  }

  /** Ends in order; what was answered is on disk. Not on an event loop. */
  public void stop() throws IOException {
    await(web.stop());
    service.close();
    await(vertx.close());
    LOG.info("event=cloud.stopped");
  }

  /** Returns the web server, on which pages are mounted before {@link #start}. */
  public WebShell web() {
    return web;
  }

  public CloudIngest service() {
    return service;
  }

  /** Returns the port that is open, after {@link #start}. */
  public int port() {
    return port;
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
