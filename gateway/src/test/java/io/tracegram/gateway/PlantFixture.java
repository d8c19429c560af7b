package io.tracegram.gateway;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.CheckpointSigner;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.log.EvidenceLog;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A plant with one meter, the keys of its gateway and of two agents. */
final class PlantFixture {
  static final String FACILITY = "refinery";
  static final String AGENT = "refinery-agent";
  static final String OTHER_AGENT = "dock-agent";
  static final long MIDNIGHT = 1_767_225_600_000L;
  static final int QUARTER = 15 * 60 * 1_000;

  final PrivateKey agentKey = key(Algorithm.ES256, 1);
  final PrivateKey otherKey = key(Algorithm.ES256, 2);
  final PrivateKey gatewayKey = key(Algorithm.ES256, 3);
  final BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();
  private final Path data;

  PlantFixture(Path data) {
    this.data = data;
  }

  static PrivateKey key(Algorithm algorithm, int seed) {
    byte[] secret = new byte[32];
    secret[31] = (byte) seed;
    return PrivateKey.of(algorithm, secret);
  }

  static PlantModel plant() {
    EmissionFactor grid =
        new EmissionFactor(
            "grid-fi",
            new BigDecimal("0.03589"),
            EmissionFactor.Unit.KWH,
            "2024",
            "generation",
            "AR5",
            "test",
            "test");
    return new PlantModel(
        FACILITY,
        "Refinery",
        "operator.example",
        "Europe/Helsinki",
        true,
        List.of(AGENT, OTHER_AGENT),
        grid,
        List.of(),
        List.of(
            new PlantModel.Meter(
                "main",
                "Main",
                Optional.empty(),
                PlantModel.Meter.Role.GRID_IMPORT,
                Optional.empty(),
                "schneider/iem3155",
                "",
                "0.5",
                2_000_000)),
        List.of(),
        List.of(),
        List.of());
  }

  private int httpPort;

  static CheckpointSigner checkpoints() {
    return CheckpointSigner.of(
        plant().origin(), key(Algorithm.ED25519, 4), key(Algorithm.ML_DSA_44, 4));
  }

  GatewayConfig config(boolean mirrored) {
    return new GatewayConfig(
        plant(),
        data,
        new GatewayConfig.Address("127.0.0.1", 0),
        Map.of(AGENT, agentKey.publicKey(), OTHER_AGENT, otherKey.publicKey()),
        List.of(),
        gatewayKey,
        checkpoints(),
        mirrored);
  }

  Gateway start(boolean mirrored) throws IOException {
    Gateway gateway =
        Gateway.open(config(mirrored), Clock.systemUTC(), new SecureRandom(), exits::add);
    Router router = Router.router(gateway.vertx());
    gateway.mount(router);
    httpPort =
        gateway
            .vertx()
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
    gateway.start();
    return gateway;
  }

  int httpPort() {
    return httpPort;
  }

  StatementChain chain() {
    return chain(1);
  }

  StatementChain chain(long epoch) {
    return new StatementChain(FACILITY, AGENT, agentKey, 7, epoch, 0, Hash.ZERO);
  }

  /** One reading of the main meter at midnight + {@code quarter}, at 100 Wh per quarter. */
  static SignedStatement reading(StatementChain chain, int quarter) {
    return reading(chain, quarter, quarter * 100_000L);
  }

  static SignedStatement reading(StatementChain chain, int quarter, long milliwattHours) {
    long time = MIDNIGHT + (long) quarter * QUARTER;
    return chain.sign(
        new Body.Readings(
            List.of(
                new Series(
                    "main",
                    Register.ENERGY_IMPORT,
                    "",
                    1_000,
                    List.of(new Reading(time, milliwattHours))))),
        time,
        0,
        ClockStatus.RELATIVE);
  }

  /** Opens the log of a stopped gateway and returns the agents' statements in it. */
  List<SignedStatement> loggedByAgents() throws IOException {
    List<SignedStatement> statements = new ArrayList<>();
    try (EvidenceLog log = EvidenceLog.open(data.resolve("log"))) {
      for (byte[] entry : log.entries(0, log.size())) {
        SignedStatement statement = Leaf.parse(entry).statement();
        if (!statement.statement().agent().equals("gateway")) {
          statements.add(statement);
        }
      }
    }
    return statements;
  }

  List<byte[]> leaves() throws IOException {
    try (EvidenceLog log = EvidenceLog.open(data.resolve("log"))) {
      return log.entries(0, log.size());
    }
  }
}
