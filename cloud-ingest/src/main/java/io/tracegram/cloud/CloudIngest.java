package io.tracegram.cloud;

import io.tracegram.cloud.audit.Auditor;
import io.tracegram.cloud.declaration.ApiRoutes;
import io.tracegram.cloud.declaration.AuditedReadModel;
import io.tracegram.cloud.declaration.CloudReadModel;
import io.tracegram.cloud.footprint.Passports;
import io.tracegram.cloud.inventory.Database;
import io.tracegram.cloud.inventory.LotQueries;
import io.tracegram.cloud.inventory.PostgresStore;
import io.tracegram.cloud.mirror.Mirror;
import io.tracegram.cloud.mirror.MirrorRoutes;
import io.tracegram.cloud.mirror.MirroredLog;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.runtime.cosign.Cosigner;
import io.tracegram.runtime.key.KeyFiles;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The central service, wired. Opened, extended through {@link #router}, then {@link #listen}; closed
 * in reverse order.
 */
public final class CloudIngest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CloudIngest.class);
  private static final int IDLE_SECONDS = 120;

  private final Configuration configuration;
  private final Vertx vertx;
  private final NoteKey mirrorKey;
  private final Database database;
  private final Mirror mirror;
  private final Auditor auditor;
  private final CloudReadModel readModel;
  private final Router router;
  private Optional<HttpServer> server = Optional.empty();

  /**
   * What {@code cloud.yaml} says.
   *
   * @param data directory with {@code keys/}, {@code mirror/} and {@code postgres/}
   * @param port 0 lets the system choose
   * @param publicUrl under which people reach the service
   * @param name its mirror cosigns as {@code <name>/mirror}
   * @param jdbcUrl of a PostgreSQL that runs; empty to start our own
   * @param witnesses whose cosignatures are kept and shown
   */
  public record Configuration(
      Path data,
      String host,
      int port,
      URI publicUrl,
      String name,
      Optional<String> jdbcUrl,
      List<Facility> facilities,
      List<NoteKey> witnesses) {
    /**
     * A facility whose log is mirrored.
     *
     * @param log verifies its checkpoints
     * @param gateway verifies its gateway's statements
     */
    public record Facility(String id, NoteKey log, PublicKey gateway) {}

    public Configuration {
      facilities = List.copyOf(facilities);
      witnesses = List.copyOf(witnesses);
    }
  }

  /**
   * Opens database, mirror and audit; {@code keys/mirror.vkey} is made at the first start.
   *
   * @throws IOException if something cannot be opened; the message says what to do
   */
  public CloudIngest(
      Vertx vertx, Configuration configuration, SecureRandom random, Clock clock)
      throws IOException {
    this.vertx = vertx;
    this.configuration = configuration;
    KeyFiles keys = new KeyFiles(configuration.data().resolve("keys"), random);
    this.mirrorKey =
        keys.loadOrCreateNoteKey(
            "mirror", configuration.name() + "/mirror", NoteKey.Type.COSIGNER);
    Cosigner cosigner =
        new Cosigner(mirrorKey, keys.loadOrCreate("mirror", Algorithm.ED25519), clock);
    this.mirror =
        Mirror.open(
            configuration.data().resolve("mirror"),
            configuration.facilities().stream().map(Configuration.Facility::log).toList(),
            configuration.witnesses(),
            cosigner);
    try {
      this.database = database(configuration);
    } catch (IOException | RuntimeException e) {
      mirror.close();
      throw e;
    }
    PostgresStore store = PostgresStore.open(database.source());
    LotQueries lots = new LotQueries(database.source());
    this.auditor = new Auditor(store);
    Map<String, MirroredLog> logs = new LinkedHashMap<>();
    for (Configuration.Facility facility : configuration.facilities()) {
      MirroredLog log = mirror.log(facility.log().name()).orElseThrow();
      logs.put(facility.id(), log);
      auditor.add(facility.id(), log, facility.gateway());
    }
    this.readModel =
        new AuditedReadModel(
            configuration.publicUrl(), logs, configuration.witnesses(), auditor, lots);
    this.router = Router.router(vertx);
    router
        .route("/mirror/*")
        .subRouter(new MirrorRoutes(vertx, mirror, auditor::mirrored).router());
    router
        .route("/api/v1/*")
        .subRouter(new ApiRoutes(vertx, readModel, new Passports(logs, lots)).router());
    router.get("/health/live").handler(context -> context.response().end("live\n"));
    router.get("/health/ready").handler(context -> context.response().end("ready\n"));
  }

  private static Database database(Configuration configuration) throws IOException {
    return configuration.jdbcUrl().isPresent()
        ? Database.connect(configuration.jdbcUrl().get())
        : Database.embedded(configuration.data().resolve("postgres"));
  }

  /** Returns the router, to which pages are added before {@link #listen}. */
  public Router router() {
    return router;
  }

  public CloudReadModel readModel() {
    return readModel;
  }

  /** Returns the verifier of the mirror's cosignatures. */
  public NoteKey mirrorKey() {
    return mirrorKey;
  }

  /**
   * Starts the audit and serves; returns when the port is open.
   *
   * @throws IOException if the port is taken
   */
  public void listen() throws IOException {
    auditor.start();
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(configuration.host())
            .setPort(configuration.port())
            .setDecompressionSupported(true)
            .setCompressionSupported(true)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    try {
      server =
          Optional.of(
              vertx
                  .createHttpServer(options)
                  .requestHandler(router)
                  .listen()
                  .toCompletionStage()
                  .toCompletableFuture()
                  .join());
    } catch (CompletionException e) {
      throw new IOException(
          "the cloud cannot listen on %s:%d: choose another http: in cloud.yaml"
              .formatted(configuration.host(), configuration.port()),
          e.getCause());
    }
    LOG.info("event=cloud.started port={}", port());
  }

  /** Returns the port that is open. */
  public int port() {
    return server.orElseThrow().actualPort();
  }

  @Override
  public void close() throws IOException {
    server.ifPresent(open -> open.close().toCompletionStage().toCompletableFuture().join());
    auditor.close();
    database.close();
    mirror.close();
  }
}
