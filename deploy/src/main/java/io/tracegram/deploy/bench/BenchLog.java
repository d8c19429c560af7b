package io.tracegram.deploy.bench;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.runtime.key.KeyFiles;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Writes a gateway's data directory as the gateway would, without its sockets and threads: what
 * agents said, closes, results, checkpoints. Single-threaded.
 */
public final class BenchLog implements AutoCloseable {
  private static final int GROUP = 1_024;

  private final EvidenceLog log;
  private final FacilityLedger ledger = new FacilityLedger();
  private final StatementChain gateway;
  private final PrivateKey checkpointKey;
  private final NoteKey key;
  private final List<byte[]> group = new ArrayList<>();
  private long size;

  /**
   * Begins a log with its keys, rules and plant.
   *
   * @param directory the gateway's data directory, empty
   * @param agents the agents' public keys
   */
  public BenchLog(
      Path directory,
      PlantModel plant,
      PrivateKey gatewayKey,
      PrivateKey checkpointKey,
      Map<String, PublicKey> agents)
      throws IOException {
    this.checkpointKey = checkpointKey;
    key = new NoteKey(plant.origin(), NoteKey.Type.LOG, checkpointKey.publicKey());
    Path keys = Files.createDirectories(directory.resolve("keys"));
    Files.writeString(keys.resolve("checkpoint.vkey"), key.vkey() + "\n");
    Files.writeString(keys.resolve("gateway.pub"), KeyFiles.format(gatewayKey.publicKey()) + "\n");
    log = EvidenceLog.open(directory.resolve("log"));
    gateway =
        new StatementChain(plant.facility(), Statement.GATEWAY, gatewayKey, 1, 1, 0, Hash.ZERO);
    say(new Body.KeyRegistered(KeyRole.GATEWAY, Statement.GATEWAY, gatewayKey.publicKey()));
    say(new Body.Calculator(FacilityLedger.CALCULATOR));
    Document.stated(PlantModelCodec.encode(plant), Body.PlantModelDeclared::new).forEach(this::say);
    new TreeMap<>(agents)
        .forEach((agent, agentKey) -> say(new Body.KeyRegistered(KeyRole.AGENT, agent, agentKey)));
  }

  /** Takes what an agent said, and logs what the accounts bring about because of it. */
  public void take(SignedStatement statement) {
    append(statement);
    OptionalLong closable = ledger.closable();
    if (closable.isPresent()) {
      say(new Body.IntervalClose(closable.getAsLong()));
    }
    ledger.outstanding().forEach(this::say);
  }

  /**
   * Publishes a checkpoint of all leaves; on disk when the call returns.
   *
   * @param cosigned adds cosignatures
   */
  public void publish(UnaryOperator<SignedNote> cosigned) {
    flush();
    String text = new Checkpoint(key.name(), size, log.root()).text();
    log.publish(cosigned.apply(SignedNote.signedBy(text, key, checkpointKey)));
  }

  /** Returns the number of leaves. */
  public long size() {
    return size;
  }

  /** Returns the log's key. */
  public NoteKey key() {
    return key;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private void say(Body body) {
    append(gateway.sign(body, ledger.plantMillis().orElse(0), 0, ClockStatus.RELATIVE));
  }

  private void append(SignedStatement statement) {
    Leaf leaf = new Leaf(statement.statement().wallMillis(), 0, statement);
    ledger.apply(size++, leaf);
    group.add(leaf.encoded());
    if (group.size() == GROUP) {
      flush();
    }
  }

  private void flush() {
    log.append(new ArrayList<>(group));
    group.clear();
  }
}
