package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.signature.Signer;

/**
 * An author's chain: signs each body as the successor of the one before. Single-threaded; the
 * caller stores what it returns before it asks for the next, and resumes from what it stored.
 */
public final class StatementChain {
  private final String facility;
  private final String agent;
  private final Signer signer;
  private final long boot;
  private final long epoch;
  private long sequence;
  private Hash previous;

  /**
   * Resumes a chain.
   *
   * @param lastSequence the last sequence signed in this epoch, 0 for a new epoch
   * @param lastHash {@link SignedStatement#chainHash} of it, {@link Hash#ZERO} for a new epoch
   */
  public StatementChain(
      String facility,
      String agent,
      Signer signer,
      long boot,
      long epoch,
      long lastSequence,
      Hash lastHash) {
    this.facility = facility;
    this.agent = agent;
    this.signer = signer;
    this.boot = boot;
    this.epoch = epoch;
    this.sequence = lastSequence;
    this.previous = lastHash;
  }

  public SignedStatement sign(Body body, long wallMillis, long monoMillis, ClockStatus status) {
    SignedStatement signed =
        SignedStatement.sign(
            new Statement(
                facility,
                agent,
                boot,
                epoch,
                sequence + 1,
                previous,
                wallMillis,
                monoMillis,
                status,
                body),
            signer);
    sequence++;
    previous = signed.chainHash();
    return signed;
  }

  public long epoch() {
    return epoch;
  }

  /** Returns the last sequence signed, 0 if none. */
  public long sequence() {
    return sequence;
  }
}
