package io.tracegram.gateway;

import io.tracegram.gateway.account.AccountStage;
import io.tracegram.gateway.account.ClockAgreement;
import io.tracegram.gateway.account.GatewayAuthor;
import io.tracegram.gateway.intake.ConnectionWatch;
import io.tracegram.gateway.intake.MqttIntake;
import io.tracegram.gateway.intake.ReceiptSender;
import io.tracegram.gateway.log.Appender;
import io.tracegram.gateway.log.Committed;
import io.tracegram.gateway.problem.Counters;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Severity;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.FactorSet;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.runtime.log.CheckpointPublisher;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.log.ProgramIdentity;
import io.tracegram.runtime.log.Scrubber;
import io.tracegram.runtime.log.SnapshotFile;
import io.tracegram.runtime.web.LogRoutes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One facility's gateway, wired: intake → log → accounts, with checkpoints and receipts.
 *
 * <p>Open it, mount its routes, start it, stop it; each once.
 */
public final class Gateway {
  /** Exit code when the disk failed: start again after looking at it. */
  public static final int EXIT_LOG_FAILED = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int VERIFIERS = Math.max(1, Runtime.getRuntime().availableProcessors());
  private static final long REPLAY_TOLD = 1_000_000;
  private static final int SETTLING_ROUNDS = 1_000;

  private final GatewayConfig config;
  private final EvidenceLog log;
  private final Clock clock;
  private final Counters counters = new Counters();
  private final Problems problems;
  private final Vertx vertx;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "checkpoints"));
  private final AccountStage accounts;
  private final Appender appender;
  private final CheckpointPublisher checkpoints;
  private final MqttIntake intake;
  private final ReceiptSender receipts;
  private final Scrubber scrubber;
  private final ClockAgreement clockAgreement;
  private final AtomicBoolean failed = new AtomicBoolean();
  private final IntConsumer exit;
  private volatile boolean ready;
  private volatile Consumer<List<Committed>> follower = leaves -> {};
  private volatile int mqttPort;

  private Gateway(
      GatewayConfig config, EvidenceLog log, Clock clock, SecureRandom random, IntConsumer exit) {
    this.config = config;
    this.log = log;
    this.clock = clock;
    this.exit = exit;
    String facility = config.plant().facility();
    problems = new Problems(clock);
    ConnectionWatch connections = new ConnectionWatch(counters, problems);
    vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setEventLoopPoolSize(2)
                    .setWorkerPoolSize(4)
                    .setMetricsOptions(new MetricsOptions().setEnabled(true)))
            .withMetrics(options -> connections)
            .build()
            .exceptionHandler(Gateway::unexpected);
    GatewayAuthor author =
        new GatewayAuthor(
            facility,
            config.statementKey(),
            random.nextLong(Long.MAX_VALUE),
            clock,
            config.plant().simulated());
    clockAgreement = new ClockAgreement(clock, System::nanoTime);
    accounts = new AccountStage(author, setup(config), clockAgreement, config.months(), problems);
    appender = new Appender(log, clock, counters, problems, this::committed, this::logFailed);
    checkpoints =
        new CheckpointPublisher(
            log,
            config.checkpoints(),
            scheduler,
            this::logFailed,
            config.data().resolve("log/forked"));
    intake =
        new MqttIntake(
            vertx,
            connections,
            facility,
            config.agents(),
            appender,
            VERIFIERS,
            counters,
            problems,
            this::subscribed);
    accounts.advise(intake::tell);
    scrubber = new Scrubber(log, this::damaged);
    receipts =
        new ReceiptSender(
            facility,
            config.statementKey(),
            config.mirrored(),
            log,
            appender,
            problems,
            scheduler,
            intake);
  }

  /**
   * Opens a gateway's log and wires its parts; nothing listens yet.
   *
   * @param exit told the exit code when the gateway cannot go on; must end the process
   * @throws io.tracegram.runtime.log.LogDamagedException if the log is not what it promised to be
   */
  public static Gateway open(
      GatewayConfig config, Clock clock, SecureRandom random, IntConsumer exit) throws IOException {
    EvidenceLog log = EvidenceLog.open(config.data().resolve("log"));
    return new Gateway(config, log, clock, random, exit);
  }

  /** Returns the log's name, as its checkpoints state it. */
  public String origin() {
    return config.plant().origin();
  }

  /** Has the leaves of each commit group told to {@code to}, in order; it must not wait. */
  public void follow(Consumer<List<Committed>> to) {
    follower = to;
  }

  private void committed(List<Committed> leaves) {
    accounts.committed(leaves);
    follower.accept(leaves);
  }

  /** What the log must say before anything else, in order. */
  private static List<List<Body>> setup(GatewayConfig config) {
    List<List<Body>> setup = new ArrayList<>();
    setup.add(key(KeyRole.GATEWAY, Statement.GATEWAY, config.statementKey().publicKey()));
    setup.add(List.of(new Body.Calculator(FacilityLedger.CALCULATOR)));
    setup.add(plant(config));
    new TreeMap<>(config.agents()).forEach((id, key) -> setup.add(key(KeyRole.AGENT, id, key)));
    for (GatewayConfig.Supplier supplier : config.suppliers()) {
      setup.add(key(KeyRole.SUPPLIER_LOG, supplier.log().name(), supplier.log().key()));
      setup.add(key(KeyRole.SUPPLIER_GATEWAY, supplier.facility(), supplier.gatewayKey()));
    }
    return setup;
  }

  /** The sets that a model's factors are of stand before it, as often as it is said. */
  private static List<Body> plant(GatewayConfig config) {
    List<Body> stated = new ArrayList<>();
    for (FactorSet set : config.factorSets()) {
      stated.addAll(Document.stated(FactorDocumentCodec.encode(set), Body.FactorSetDeclared::new));
    }
    stated.addAll(
        Document.stated(PlantModelCodec.encode(config.plant()), Body.PlantModelDeclared::new));
    return stated;
  }

  private static List<Body> key(KeyRole role, String holder, PublicKey key) {
    return List.of(new Body.KeyRegistered(role, holder, key));
  }

  /** Replays the log, then listens; on return the gateway is ready. Not on an event loop. */
  public void start() throws IOException {
    replay();
    appender.start();
    accounts.start(appender);
    settle();
    checkpoints.start();
    scrubber.start();
    receipts.start();
    mqttPort = await(intake.start(config.mqtt().host(), config.mqtt().port()));
    ready = true;
    LOG.info(
        "event=gateway.ready facility={} mqtt={}:{} leaves={}",
        config.plant().facility(),
        config.mqtt().host(),
        mqttPort,
        log.size());
  }

  /**
   * Replays the log and keeps the accounts without listening to anyone; stop it as any. For work on
   * the log while the gateway does not run: the caller vouches for the clock.
   */
  public void startAlone() throws IOException {
    clockAgreement.heard(clock.millis());
    replay();
    appender.start();
    accounts.start(appender);
    settleWholly();
    checkpoints.start();
  }

  /** On return all that was said is accounted and under a checkpoint. Not on an event loop. */
  public void settleWholly() {
    long size;
    do {
      size = log.size();
      settle();
    } while (size != log.size() && !failed.get());
    checkpoints.publishNow();
  }

  private void replay() throws IOException {
    long size = log.size();
    long first =
        Math.min(
            appender.restore(
                new SnapshotFile(
                    config.data().resolve("snapshot/sequences"),
                    ProgramIdentity.of(Hash.class, Gateway.class))),
            accounts.restore(
                log,
                new SnapshotFile(
                    config.data().resolve("snapshot/accounts"),
                    ProgramIdentity.of(FacilityLedger.class, Gateway.class))));
    LOG.info("event=gateway.replaying from={} leaves={}", first, size - first);
    for (long index = first; index < size; index++) {
      Leaf leaf = Leaf.parse(log.leaf(index));
      appender.replay(index, leaf);
      accounts.replay(index, leaf);
      if ((index + 1) % REPLAY_TOLD == 0) {
        LOG.info("event=gateway.replayed leaves={} of={}", index + 1, size);
      }
    }
  }

  /**
   * Takes nothing more; on return what was acknowledged is accounted and under a checkpoint. Not on
   * an event loop.
   */
  public void quiesce() {
    ready = false;
    await(intake.close());
    intake.stopVerifying();
    if (!failed.get()) {
      settle();
      checkpoints.publishNow();
    }
  }

  /** Quiesces, unless that was done before, and closes everything. Not on an event loop. */
  public void stop() throws IOException {
    if (ready) {
      quiesce();
    }
    scheduler.shutdown();
    try {
      if (!scheduler.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("event=gateway.stop-late part=checkpoints");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    scrubber.close();
    accounts.stop();
    appender.stop();
    await(vertx.close());
    log.close();
    LOG.info("event=gateway.stopped leaves={}", log.size());
  }

  /** Adds the health routes and the log's. */
  public void mount(Router router) {
    router.get("/health/live").handler(context -> context.response().end("live\n"));
    router.get("/health/ready").handler(this::readiness);
    new LogRoutes(vertx, log).mount(router);
  }

  public Vertx vertx() {
    return vertx;
  }

  public AccountStage accounts() {
    return accounts;
  }

  /** Returns what confirms the clock; the mirror's signed times are to be told to it. */
  public ClockAgreement clockAgreement() {
    return clockAgreement;
  }

  public Problems problems() {
    return problems;
  }

  public Counters counters() {
    return counters;
  }

  public EvidenceLog log() {
    return log;
  }

  public CheckpointPublisher checkpoints() {
    return checkpoints;
  }

  public ReceiptSender receipts() {
    return receipts;
  }

  /** Returns the port that MQTT listens on, after {@link #start}. */
  public int mqttPort() {
    return mqttPort;
  }

  private void subscribed(String agent) {
    receipts.subscribed(agent);
  }

  private void readiness(RoutingContext context) {
    context
        .response()
        .setStatusCode(ready && !failed.get() ? 200 : 503)
        .end(ready && !failed.get() ? "ready\n" : "not ready\n");
  }

  /** Returns when everything that follows from what was put before is logged and accounted. */
  private void settle() {
    for (int round = 0; round < SETTLING_ROUNDS && !failed.get(); round++) {
      long size = appender.inspect(registry -> log.size()).orTimeout(60, TimeUnit.SECONDS).join();
      boolean settled = accounts.settled().orTimeout(60, TimeUnit.SECONDS).join();
      if (settled && size == log.size()) {
        return;
      }
    }
  }

  private void damaged(String reason) {
    problems.raise(
        "log.damaged",
        "log",
        Severity.ALARM,
        reason,
        "these leaves cannot be proven from this disk; the mirror's copy is not affected",
        "restore the segment from a backup or the mirror, keep the damaged file, check the disk");
  }

  private static void unexpected(Throwable failure) {
    if (failure instanceof IllegalArgumentException) {
      // Vert.x throws it for packets out of order; ConnectionWatch counts the connection
      LOG.debug("event=mqtt.packet-refused", failure);
    } else {
      LOG.error("event=gateway.unexpected", failure);
    }
  }

  private void logFailed() {
    if (failed.compareAndSet(false, true)) {
      LOG.error("event=gateway.stopping reason=\"the log failed\" exit={}", EXIT_LOG_FAILED);
      // on a thread of its own: ending the process may wait for the thread that failed
      new Thread(() -> exit.accept(EXIT_LOG_FAILED), "exit").start();
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
