package io.tracegram.edge;

import io.tracegram.edge.outbox.Outbox;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Chains of statements for tests, signed with a key of this run. */
public final class Chains {
  public static final PrivateKey KEY = PrivateKey.generate(Algorithm.ES256, new SecureRandom());
  public static final PrivateKey GATEWAY = PrivateKey.generate(Algorithm.ES256, new SecureRandom());

  private Chains() {}

  public static StatementChain resume(Outbox outbox) {
    Outbox.ChainHead head = outbox.head();
    return new StatementChain("plant", "agent", KEY, 7, head.epoch(), head.sequence(), head.hash());
  }

  /** Signs heartbeats that follow what the outbox holds. */
  public static List<SignedStatement> heartbeats(Outbox outbox, int count) {
    StatementChain chain = resume(outbox);
    List<SignedStatement> signed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      signed.add(chain.sign(new Body.Heartbeat(), 1_000 + i, i, ClockStatus.RELATIVE));
    }
    return signed;
  }
}
