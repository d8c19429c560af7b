package io.tracegram.gateway.account;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.signature.Signer;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import java.time.Clock;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Signs what the gateway itself says, as one chain that goes on over restarts. Single-threaded;
 * what it signs must be appended in the same order.
 */
public final class GatewayAuthor {
  private final String facility;
  private final Signer signer;
  private final long boot;
  private final Clock clock;
  private final long startNanos = System.nanoTime();
  private final boolean simulated;

  private long lastEpoch;
  private long lastSequence;
  private Hash lastHash = Hash.ZERO;
  private @Nullable StatementChain chain;

  /**
   * @param boot random, new at every start
   * @param simulated true if plant time is not system time: statements then carry the plant's
   */
  public GatewayAuthor(String facility, Signer signer, long boot, Clock clock, boolean simulated) {
    this.facility = facility;
    this.signer = signer;
    this.boot = boot;
    this.clock = clock;
    this.simulated = simulated;
  }

  /** Says whether plant time is not system time. */
  boolean isSimulated() {
    return simulated;
  }

  /** The newest own statement in the log. */
  record State(long epoch, long sequence, Hash hash) {}

  State state() {
    return new State(lastEpoch, lastSequence, lastHash);
  }

  /** Goes on where an author was when its state was taken; before the first sign. */
  void restore(State state) {
    lastEpoch = state.epoch;
    lastSequence = state.sequence;
    lastHash = state.hash;
  }

  /** Takes note of an own statement that is in the log; in order. */
  void logged(SignedStatement signed) {
    Statement statement = signed.statement();
    lastEpoch = statement.epoch();
    lastSequence = statement.sequence();
    lastHash = signed.chainHash();
  }

  /** Signs the next statement at plant time, or at system time where that is the plant's. */
  SignedStatement sign(Body body, OptionalLong plantMillis) {
    if (chain == null) {
      // a lost log starts a new epoch, since its key may have signed sequence 1 before
      long epoch = lastSequence == 0 ? clock.millis() : lastEpoch;
      chain =
          new StatementChain(
              facility, Statement.GATEWAY, signer, boot, epoch, lastSequence, lastHash);
    }
    boolean relative = simulated && plantMillis.isPresent();
    return chain.sign(
        body,
        relative ? plantMillis.getAsLong() : clock.millis(),
        (System.nanoTime() - startNanos) / 1_000_000,
        relative ? ClockStatus.RELATIVE : ClockStatus.INFORMATIVE);
  }
}
