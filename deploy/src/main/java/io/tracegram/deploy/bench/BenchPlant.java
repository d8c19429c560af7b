package io.tracegram.deploy.bench;

import io.tracegram.gateway.GatewayConfig;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.CheckpointSigner;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.plant.PlantModel;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A plant of ten meters, each read by an agent of its own. Its keys are made from fixed seeds, so
 * that driver and gateway agree on them; they protect nothing. Stateless.
 */
final class BenchPlant {
  static final String FACILITY = "bench";
  static final int AGENTS = 10;

  private static final long START_MILLIS = 1_767_225_600_000L;
  private static final long POLL_MILLIS = 10_000;
  private static final long MILLIWATT_HOURS_PER_POLL = 27_777;
  private static final int GATEWAY_SEED = 201;
  private static final int CHECKPOINT_SEED = 202;

  private BenchPlant() {}

  static String agent(int number) {
    return "agent-" + number;
  }

  static String topic(int number) {
    return "tracegram/v1/" + FACILITY + "/" + agent(number) + "/statements";
  }

  static PrivateKey agentKey(int number) {
    return key(Algorithm.ES256, number + 1);
  }

  private static PrivateKey key(Algorithm algorithm, int seed) {
    byte[] secret = new byte[32];
    secret[31] = (byte) seed;
    return PrivateKey.of(algorithm, secret);
  }

  static GatewayConfig gateway(Path data) {
    Map<String, PublicKey> agents = new TreeMap<>();
    for (int i = 0; i < AGENTS; i++) {
      agents.put(agent(i), agentKey(i).publicKey());
    }
    return new GatewayConfig(
        model(),
        data,
        new GatewayConfig.Address("127.0.0.1", 0),
        agents,
        List.of(),
        gatewayKey(),
        CheckpointSigner.of(
            model().origin(), checkpointKey(), key(Algorithm.ML_DSA_44, CHECKPOINT_SEED)),
        false);
  }

  static PrivateKey gatewayKey() {
    return key(Algorithm.ES256, GATEWAY_SEED);
  }

  static PrivateKey checkpointKey() {
    return key(Algorithm.ED25519, CHECKPOINT_SEED);
  }

  /** Returns the agents' public keys by their id. */
  static Map<Hash, PublicKey> keys() {
    Map<Hash, PublicKey> keys = new TreeMap<>();
    for (int i = 0; i < AGENTS; i++) {
      PublicKey key = agentKey(i).publicKey();
      keys.put(key.keyId(), key);
    }
    return keys;
  }

  static PlantModel model() {
    List<PlantModel.Workstation> workstations = new ArrayList<>();
    List<PlantModel.Meter> meters = new ArrayList<>();
    List<String> agents = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      agents.add(agent(i));
      if (i > 0) {
        workstations.add(new PlantModel.Workstation("station-" + i, "Station " + i));
      }
      meters.add(
          new PlantModel.Meter(
              meter(i),
              "Meter " + i,
              i == 0 ? Optional.empty() : Optional.of(meter(0)),
              i == 0 ? PlantModel.Meter.Role.GRID_IMPORT : PlantModel.Meter.Role.CONSUMPTION,
              i == 0 ? Optional.empty() : Optional.of("station-" + i),
              "schneider/iem3155",
              "",
              "0.5",
              10_000_000));
    }
    return new PlantModel(
        FACILITY,
        "Benchmark",
        "bench.example",
        "UTC",
        true,
        agents,
        new EmissionFactor(
            "grid",
            new BigDecimal("0.2"),
            EmissionFactor.Unit.KWH,
            "bench",
            "generation",
            "AR5",
            "made up for the benchmark",
            "CC0"),
        workstations,
        meters,
        List.of(),
        List.of(),
        List.of());
  }

  private static String meter(int number) {
    return "meter-" + number;
  }

  /** Signs an agent's statements, each of {@code readings} consecutive polls of its register. */
  static List<byte[]> statements(int number, int count, int readings) {
    StatementChain chain =
        new StatementChain(FACILITY, agent(number), agentKey(number), 1, 1, 0, Hash.ZERO);
    List<byte[]> statements = new ArrayList<>(count);
    long poll = 0;
    for (int i = 0; i < count; i++) {
      List<Reading> batch = new ArrayList<>(readings);
      for (int r = 0; r < readings; r++, poll++) {
        batch.add(polled(number, poll));
      }
      long time = batch.getLast().measuredMillis();
      statements.add(
          chain
              .sign(readings(number, batch), time, poll * POLL_MILLIS, ClockStatus.RELATIVE)
              .encoded());
    }
    return statements;
  }

  /** Returns what an agent says of one poll. */
  static Body reading(int number, long poll) {
    return readings(number, List.of(polled(number, poll)));
  }

  /** Returns when a poll is. */
  static long time(long poll) {
    return START_MILLIS + poll * POLL_MILLIS;
  }

  private static Reading polled(int number, long poll) {
    // the root meter counts what the nine below it count
    long step = number == 0 ? (AGENTS - 1) * MILLIWATT_HOURS_PER_POLL : MILLIWATT_HOURS_PER_POLL;
    return new Reading(time(poll), poll * step);
  }

  private static Body readings(int number, List<Reading> batch) {
    return new Body.Readings(
        List.of(new Series(meter(number), Register.ENERGY_IMPORT, "SN-" + number, 1_000, batch)));
  }
}
