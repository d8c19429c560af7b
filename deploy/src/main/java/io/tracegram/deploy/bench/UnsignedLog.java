package io.tracegram.deploy.bench;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.signature.Signer;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A plant's leaves with closes and results, and without signatures: the accounts do not look at
 * them. Single-threaded.
 */
final class UnsignedLog {
  private final long startMillis;
  private final FacilityLedger ledger = new FacilityLedger();
  private final StatementChain agent = chain("agent");
  private final StatementChain gateway = chain(Statement.GATEWAY);
  private final List<byte[]> leaves = new ArrayList<>();
  private long size;

  /** Begins a log with its rules and plant. */
  UnsignedLog(PlantModel plant, long startMillis) {
    this.startMillis = startMillis;
    say(new Body.Calculator(FacilityLedger.CALCULATOR));
    Document.stated(PlantModelCodec.encode(plant), Body.PlantModelDeclared::new).forEach(this::say);
  }

  /** Returns the leaves since the last call. */
  List<byte[]> take() {
    List<byte[]> taken = List.copyOf(leaves);
    leaves.clear();
    return taken;
  }

  /** Returns the accounts as the gateway has them. */
  FacilityLedger ledger() {
    return ledger;
  }

  /** The agent says something. */
  void tell(long millis, Body body) {
    append(agent, body, millis);
    ledger.outstanding().forEach(this::say);
  }

  /** Closes what can be closed, and logs the results. */
  void settle() {
    for (OptionalLong closable = ledger.closable();
        closable.isPresent();
        closable = ledger.closable()) {
      say(new Body.IntervalClose(closable.getAsLong()));
      ledger.outstanding().forEach(this::say);
    }
  }

  private void say(Body body) {
    append(gateway, body, ledger.plantMillis().orElse(startMillis));
  }

  private void append(StatementChain chain, Body body, long millis) {
    Leaf leaf = new Leaf(millis, 0, chain.sign(body, millis, 0, ClockStatus.SYNCHRONISED));
    leaves.add(leaf.encoded());
    ledger.apply(size++, leaf);
  }

  private static StatementChain chain(String author) {
    byte[] secret = new byte[32];
    secret[31] = 1;
    PublicKey key = PrivateKey.of(Algorithm.ES256, secret).publicKey();
    Signer unsigned =
        new Signer() {
          @Override
          public PublicKey publicKey() {
            return key;
          }

          @Override
          public byte[] sign(byte[] message) {
            return new byte[64];
          }
        };
    return new StatementChain(BenchPlant.FACILITY, author, unsigned, 1, 1, 0, Hash.ZERO);
  }
}
