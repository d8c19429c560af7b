package io.tracegram.gateway;

import io.tracegram.gateway.account.PeriodClock;
import io.tracegram.ledger.emission.FactorSet;
import io.tracegram.ledger.evidence.log.CheckpointSigner;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.signature.Signer;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.plant.PlantModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one gateway is told. Immutable.
 *
 * @param data directory; the log stands in {@code data/log}
 * @param mqtt where agents publish
 * @param agents statement key of each agent, by id
 * @param suppliers whose passports are believed
 * @param statementKey signs the gateway's own statements and receipts, ES256
 * @param checkpoints signs checkpoints in the name of the plant's origin
 * @param mirrored true if a mirror is configured: receipts then wait for it
 * @param months says when a month is closed
 * @param factorSets those that the plant's factors are of
 */
public record GatewayConfig(
    PlantModel plant,
    Path data,
    Address mqtt,
    Map<String, PublicKey> agents,
    List<Supplier> suppliers,
    Signer statementKey,
    CheckpointSigner checkpoints,
    boolean mirrored,
    PeriodClock months,
    List<FactorSet> factorSets) {

  /** A gateway that closes months as {@link PeriodClock#DEFAULT} says. */
  public GatewayConfig(
      PlantModel plant,
      Path data,
      Address mqtt,
      Map<String, PublicKey> agents,
      List<Supplier> suppliers,
      Signer statementKey,
      CheckpointSigner checkpoints,
      boolean mirrored) {
    this(
        plant,
        data,
        mqtt,
        agents,
        suppliers,
        statementKey,
        checkpoints,
        mirrored,
        PeriodClock.DEFAULT,
        List.of());
  }

  /** Returns the same with the sets that the plant's factors are of. */
  public GatewayConfig with(List<FactorSet> sets) {
    return new GatewayConfig(
        plant, data, mqtt, agents, suppliers, statementKey, checkpoints, mirrored, months, sets);
  }

  /** Returns the same that closes months by another clock. */
  public GatewayConfig with(PeriodClock clock) {
    return new GatewayConfig(
        plant,
        data,
        mqtt,
        agents,
        suppliers,
        statementKey,
        checkpoints,
        mirrored,
        clock,
        factorSets);
  }

  /** A host and a port; port 0 lets the system choose. */
  public record Address(String host, int port) {}

  /**
   * A facility whose lots are received here.
   *
   * @param log verifies its checkpoints; the key's name is the log's origin
   * @param gatewayKey verifies its gateway's statements
   */
  public record Supplier(String facility, NoteKey log, PublicKey gatewayKey) {}

  public GatewayConfig {
    agents = Map.copyOf(agents);
    suppliers = List.copyOf(suppliers);
    factorSets = List.copyOf(factorSets);
    if (agents.containsKey(Statement.GATEWAY)) {
      throw new IllegalArgumentException(
          "no agent may be called \"" + Statement.GATEWAY + "\": rename it in gateway.yaml");
    }
    if (!checkpoints.key().name().equals(plant.origin())) {
      throw new IllegalArgumentException("checkpoints are signed for " + plant.origin());
    }
  }
}
