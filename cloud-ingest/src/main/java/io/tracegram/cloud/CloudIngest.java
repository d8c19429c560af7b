package io.tracegram.cloud;

import io.tracegram.cloud.audit.Auditor;
import io.tracegram.cloud.declaration.ApiRoutes;
import io.tracegram.cloud.declaration.AuditedReadModel;
import io.tracegram.cloud.declaration.CloudReadModel;
import io.tracegram.cloud.declaration.DeclarationPublisher;
import io.tracegram.cloud.exchange.EpcisExchange;
import io.tracegram.cloud.footprint.Passports;
import io.tracegram.cloud.inventory.Database;
import io.tracegram.cloud.inventory.ExceptionQueries;
import io.tracegram.cloud.inventory.LotQueries;
import io.tracegram.cloud.inventory.PostgresStore;
import io.tracegram.cloud.log.CloudLog;
import io.tracegram.cloud.log.CloudLogRoutes;
import io.tracegram.cloud.mirror.Mirror;
import io.tracegram.cloud.mirror.MirrorRoutes;
import io.tracegram.cloud.mirror.MirroredLog;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.runtime.cosign.Cosigner;
import io.tracegram.runtime.key.KeyFiles;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The central service, wired: mirror → audit → inventory → footprint → declaration → log. Open it,
 * mount it on a web server's router, start it, close it; each once. The web server is the caller's,
 * who opens it after {@link #start} and closes it before {@link #close}.
 */
public final class CloudIngest implements AutoCloseable {
  private final NoteKey mirrorKey;
  private final Database database;
  private final Mirror mirror;
  private final Auditor auditor;
  private final CloudReadModel readModel;
  private final CloudLog log;
  private final DeclarationPublisher publisher;
  private final MirrorRoutes mirrorRoutes;
  private final ApiRoutes apiRoutes;
  private final CloudLogRoutes logRoutes;
  private final EpcisExchange epcis;

  /** What all parts stand on. */
  private record Ground(Vertx vertx, Clock clock, SecureRandom random) {}

  private CloudIngest(
      Ground ground,
      CloudConfig config,
      Cosigner cosigner,
      Mirror mirror,
      Database database,
      CloudLog log)
      throws IOException {
    Vertx vertx = ground.vertx;
    this.mirrorKey = cosigner.key();
    this.mirror = mirror;
    this.database = database;
    this.log = log;
    LotQueries lots = new LotQueries(database.source());
    ExceptionQueries exceptions = new ExceptionQueries(database.source());
    auditor = new Auditor(PostgresStore.open(database.source()), config.data().resolve("snapshot"));
    Map<String, MirroredLog> logs = new LinkedHashMap<>();
    for (CloudConfig.Facility facility : config.facilities()) {
      MirroredLog mirrored = mirror.log(facility.log().name()).orElseThrow();
      logs.put(facility.id(), mirrored);
      auditor.add(facility.id(), mirrored, facility.gatewayKey());
    }
    Set<LotId> stale = ConcurrentHashMap.newKeySet();
    AuditedReadModel audited =
        new AuditedReadModel(
            config.publicUrl(), logs, config.witnesses(), auditor, lots, exceptions, log, stale);
    readModel = audited;
    publisher = new DeclarationPublisher(log, audited, lots, List.copyOf(logs.keySet()), stale);
    logRoutes = new CloudLogRoutes(vertx, log);
    mirrorRoutes = new MirrorRoutes(vertx, mirror, auditor::mirrored);
    apiRoutes = new ApiRoutes(vertx, readModel, new Passports(logs, lots));
    epcis = new EpcisExchange(vertx, config.data(), log, auditor, ground.clock, ground.random);
  }

  /**
   * Opens mirror and database; {@code keys/mirror.vkey} is made at the first start.
   *
   * @throws IOException if something cannot be opened; the message says what to do
   * @throws io.tracegram.cloud.inventory.StoreException if the database cannot be reached
   */
  public static CloudIngest open(Vertx vertx, CloudConfig config, SecureRandom random, Clock clock)
      throws IOException {
    Cosigner cosigner = cosigner(config, random, clock);
    Mirror mirror =
        Mirror.open(
            config.data().resolve("mirror"),
            config.facilities().stream().map(CloudConfig.Facility::log).toList(),
            config.witnesses(),
            config.policy(),
            cosigner);
    try {
      CloudLog log = CloudLog.open(config.data(), config.name(), clock, random);
      try {
        return open(new Ground(vertx, clock, random), config, cosigner, mirror, log);
      } catch (IOException | RuntimeException e) {
        log.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      mirror.close();
      throw e;
    }
  }

  private static CloudIngest open(
      Ground ground, CloudConfig config, Cosigner cosigner, Mirror mirror, CloudLog log)
      throws IOException {
    Database database = database(config);
    try {
      return new CloudIngest(ground, config, cosigner, mirror, database, log);
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static Cosigner cosigner(CloudConfig config, SecureRandom random, Clock clock)
      throws IOException {
    KeyFiles keys = new KeyFiles(config.data().resolve("keys"), random);
    return new Cosigner(
        keys.loadOrCreateNoteKey("mirror", config.name() + "/mirror", NoteKey.Type.COSIGNER),
        keys.loadOrCreate("mirror", Algorithm.ED25519),
        clock);
  }

  private static Database database(CloudConfig config) throws IOException {
    return config.jdbcUrl().isPresent()
        ? Database.connect(config.jdbcUrl().get())
        : Database.embedded(config.data().resolve("postgres"));
  }

  /**
   * Mounts mirror, API, EPCIS and health on a router that decompresses requests and renders
   * refusals.
   */
  public void mount(Router router) {
    mirrorRoutes.mount(router);
    apiRoutes.mount(router);
    logRoutes.mount(router);
    epcis.mount(router);
    router.get("/health/live").handler(context -> context.response().end("live\n"));
    router.get("/health/ready").handler(context -> context.response().end("ready\n"));
  }

  /** Starts to audit what is mirrored, and to publish what follows. */
  public void start() {
    log.start();
    auditor.start();
    epcis.start();
    publisher.start();
  }

  public CloudReadModel readModel() {
    return readModel;
  }

  /** Returns the log in which declarations stand. */
  public CloudLog log() {
    return log;
  }

  /** Returns the verifier of the mirror's cosignatures. */
  public NoteKey mirrorKey() {
    return mirrorKey;
  }

  /** Ends in order; what was answered is on disk. Not on an event loop. */
  @Override
  public void close() throws IOException {
    publisher.close();
    auditor.close();
    epcis.close();
    log.close();
    database.close();
    mirror.close();
  }
}
