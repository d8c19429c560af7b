package io.tracegram.deploy.bench;

import io.tracegram.gateway.GatewayConfig;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.signature.Signer;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A gateway's log that is continued as its plant would continue it, faster than a plant can: with
 * the results that follow, and without spending time on signatures, which a restart does not check.
 * Single-threaded.
 */
final class GrowingLog implements AutoCloseable {
  private static final int GROUP = 512;

  /** A checkpoint comes each half second; so many leaves come in that time at 5,000 a second. */
  private static final int LEAVES_PER_CHECKPOINT = 2_500;

  private final GatewayConfig config;
  private final EvidenceLog log;
  private final FacilityLedger ledger = new FacilityLedger();
  private final Map<String, StatementChain> chains = new HashMap<>();
  private final List<byte[]> group = new ArrayList<>();
  private long polls;
  private long checkpointed;
  private long appendNanos;
  private long publishNanos;

  /** Signs with a constant. */
  private record Unsigned(PublicKey publicKey) implements Signer {
    @Override
    public byte[] sign(byte[] message) {
      byte[] signature = new byte[64];
      signature[31] = 1;
      signature[63] = 1;
      return signature;
    }
  }

  /** Opens a log that its gateway has begun, to go on where it ends. */
  GrowingLog(Path data) throws IOException {
    config = BenchPlant.gateway(data);
    log = EvidenceLog.open(data.resolve("log"));
    Map<String, SignedStatement> last = new HashMap<>();
    for (long index = 0; index < log.size(); index++) {
      Leaf leaf = Leaf.parse(log.leaf(index));
      ledger.apply(index, leaf);
      last.put(leaf.statement().statement().agent(), leaf.statement());
    }
    last.forEach((author, statement) -> chains.put(author, after(statement)));
    polls = ledger.totals().readings() / BenchPlant.AGENTS;
    checkpointed = log.publishedSize();
  }

  EvidenceLog log() {
    return log;
  }

  /** Returns the time spent in appending since the last call, in nanoseconds. */
  long takeAppendNanos() {
    long spent = appendNanos;
    appendNanos = 0;
    return spent;
  }

  /** Returns the time spent in tiles and checkpoints since the last call, in nanoseconds. */
  long takePublishNanos() {
    long spent = publishNanos;
    publishNanos = 0;
    return spent;
  }

  /** Lets all agents poll until the log holds at least so many leaves, under a checkpoint. */
  void growTo(long leaves) {
    while (ledger.size() < leaves) {
      for (int agent = 0; agent < BenchPlant.AGENTS; agent++) {
        long time = BenchPlant.time(polls);
        say(BenchPlant.agent(agent), BenchPlant.reading(agent, polls), time);
      }
      polls++;
      ledger.closable().ifPresent(through -> answer(new Body.IntervalClose(through)));
      ledger.outstanding().forEach(this::answer);
    }
    commit();
    publish();
  }

  private void answer(Body body) {
    say(Statement.GATEWAY, body, ledger.plantMillis().orElse(0));
  }

  private void say(String author, Body body, long time) {
    SignedStatement statement =
        chains
            .computeIfAbsent(author, name -> chain(name, 1, 0, Hash.ZERO))
            .sign(body, time, 0, ClockStatus.RELATIVE);
    Leaf leaf = new Leaf(time, 0, statement);
    ledger.apply(ledger.size(), leaf);
    group.add(leaf.encoded());
    if (group.size() == GROUP) {
      commit();
      if (log.size() - checkpointed >= LEAVES_PER_CHECKPOINT) {
        publish();
      }
    }
  }

  private void commit() {
    long start = System.nanoTime();
    log.append(group);
    appendNanos += System.nanoTime() - start;
    group.clear();
  }

  private void publish() {
    long start = System.nanoTime();
    String text = new Checkpoint(config.plant().origin(), log.size(), log.root()).text();
    log.publish(config.checkpoints().sign(text));
    checkpointed = log.size();
    publishNanos += System.nanoTime() - start;
  }

  private StatementChain after(SignedStatement signed) {
    Statement statement = signed.statement();
    return chain(statement.agent(), statement.epoch(), statement.sequence(), signed.chainHash());
  }

  private StatementChain chain(String author, long epoch, long sequence, Hash last) {
    PublicKey key =
        author.equals(Statement.GATEWAY)
            ? config.statementKey().publicKey()
            : Objects.requireNonNull(config.agents().get(author));
    return new StatementChain(
        BenchPlant.FACILITY, author, new Unsigned(key), 1, epoch, sequence, last);
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
