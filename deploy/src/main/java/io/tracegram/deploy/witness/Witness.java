package io.tracegram.deploy.witness;

import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.replication.AddCheckpointRequest;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.runtime.cosign.CheckpointGuard;
import io.tracegram.runtime.cosign.Cosigner;
import io.tracegram.runtime.cosign.Decision;
import io.tracegram.runtime.key.KeyFiles;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The witness's HTTP interface; submission and monitoring prefix are the same. Thread-safe. */
public final class Witness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
  private static final int IDLE_SECONDS = 60;

  private final Vertx vertx;
  private final CheckpointGuard guard;
  private final NoteKey key;
  private final HttpServer server;

  /**
   * What {@code witness.yaml} says.
   *
   * @param name of the witness's key, such as {@code witness.example/w1}
   * @param data directory with {@code keys/} and the newest checkpoint of each log
   * @param port 0 lets the system choose
   * @param logs whose checkpoints it cosigns
   */
  public record Configuration(String name, Path data, String host, int port, List<NoteKey> logs) {
    public Configuration {
      logs = List.copyOf(logs);
    }
  }

  /**
   * Starts a witness; it serves when this returns. It cosigns with two keys of its name, Ed25519
   * and ML-DSA-44, made at the first start with {@code keys/witness.vkey} and {@code
   * keys/witness-mldsa44.vkey} beside them.
   *
   * @throws IOException if its key or a stored checkpoint cannot be read, or the port is taken
   */
  public Witness(Vertx vertx, Configuration configuration, SecureRandom random, Clock clock)
      throws IOException {
    this.vertx = vertx;
    KeyFiles keys = new KeyFiles(configuration.data().resolve("keys"), random);
    this.key = keys.loadOrCreateNoteKey("witness", configuration.name(), NoteKey.Type.COSIGNER);
    NoteKey quantumSafe =
        keys.loadOrCreateNoteKey("witness-mldsa44", configuration.name(), NoteKey.Type.ML_DSA_44);
    this.guard =
        new CheckpointGuard(
            configuration.data().resolve("checkpoints"),
            configuration.logs(),
            List.of(),
            List.of(
                new Cosigner(key, keys.loadOrCreate("witness", Algorithm.ED25519), clock),
                new Cosigner(
                    quantumSafe,
                    keys.loadOrCreate("witness-mldsa44", Algorithm.ML_DSA_44),
                    clock)));
    HttpServerOptions options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setHost(configuration.host())
            .setPort(configuration.port())
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    try {
      this.server =
          vertx
              .createHttpServer(options)
              .requestHandler(router())
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .join();
    } catch (java.util.concurrent.CompletionException e) {
      throw new IOException(
          "the witness cannot listen on %s:%d: choose another http: in witness.yaml"
              .formatted(configuration.host(), configuration.port()),
          e.getCause());
    }
    LOG.info("event=witness.started name={} port={}", key.name(), server.actualPort());
  }

  /** Returns the Ed25519 verifier of its cosignatures. */
  public NoteKey key() {
    return key;
  }

  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }

  private Router router() {
    Router router = Router.router(vertx);
    router
        .post("/add-checkpoint")
        .handler(BodyHandler.create(false).setBodyLimit(AddCheckpointRequest.MAX_LENGTH))
        .handler(this::addCheckpoint);
    router.getWithRegex("/(?<hash>[0-9a-f]{64})/checkpoint").handler(this::newest);
    router.get("/health/live").handler(context -> context.response().end("live\n"));
    router.route().failureHandler(Witness::failed);
    return router;
  }

  private void addCheckpoint(RoutingContext context) {
    String body = context.body().asString(StandardCharsets.UTF_8.name());
    vertx
        .executeBlocking(() -> guard.offer(body == null ? "" : body), false)
        .onSuccess(decision -> answer(context.response(), decision))
        .onFailure(context::fail);
  }

  private static void answer(HttpServerResponse response, Decision decision) {
    if (decision instanceof Decision.Inconsistent(String reason, var _)) {
      LOG.warn("event=witness.checkpoint-inconsistent reason=\"{}\"", reason);
    }
    response
        .setStatusCode(decision.status())
        .putHeader("Content-Type", decision.contentType())
        .end(decision.body());
  }

  private static void failed(RoutingContext context) {
    if (context.failure() != null && context.statusCode() >= 500) {
      LOG.error("event=witness.request-failed", context.failure());
    }
    if (!context.response().ended()) {
      context.response().setStatusCode(context.statusCode()).end();
    }
  }

  private void newest(RoutingContext context) {
    guard
        .originOf(context.pathParam("hash"))
        .flatMap(guard::newest)
        .ifPresentOrElse(
            note ->
                context
                    .response()
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .end(note.format()),
            () -> context.fail(404));
  }
}
