package io.tracegram.cloud.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.signature.Signer;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Signs what the central service says, as one chain that goes on over restarts. Single-threaded.
 */
final class CloudAuthor {
  private final String service;
  private final Signer signer;
  private final long boot;
  private final Clock clock;
  private final long startNanos = System.nanoTime();
  private long lastEpoch;
  private long lastSequence;
  private Hash lastHash = Hash.ZERO;
  private @Nullable StatementChain chain;

  /**
   * @param boot random, new at every start
   */
  CloudAuthor(String service, Signer signer, long boot, Clock clock) {
    this.service = service;
    this.signer = signer;
    this.boot = boot;
    this.clock = clock;
  }

  /** Takes note of a statement that is in the log already; in order, before the first sign. */
  void replay(SignedStatement signed) {
    lastEpoch = signed.statement().epoch();
    lastSequence = signed.statement().sequence();
    lastHash = signed.chainHash();
  }

  SignedStatement sign(Body body) {
    if (chain == null) {
      // a lost log starts a new epoch, since its key may have signed sequence 1 before
      long epoch = lastSequence == 0 ? clock.millis() : lastEpoch;
      chain =
          new StatementChain(service, Statement.CLOUD, signer, boot, epoch, lastSequence, lastHash);
    }
    return chain.sign(
        body,
        clock.millis(),
        (System.nanoTime() - startNanos) / 1_000_000,
        ClockStatus.INFORMATIVE);
  }
}
