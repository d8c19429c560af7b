package io.tracegram.ledger.verification;

import java.util.Locale;

/**
 * Something that does not verify.
 *
 * @param leaf where, or −1 for the log as a whole
 * @param step which check failed
 * @param reason for a person
 */
public record Finding(long leaf, Step step, String reason) {
  /** The checks, in their order. */
  public enum Step {
    /** Checkpoint, signature and policy. */
    CHECKPOINT,
    /** Entries hash to the signed root. */
    TREE,
    /** The leaf is one of the strict format. */
    SHAPE,
    /** The author may say this, with a key registered for it. */
    AUTHOR,
    SIGNATURE,
    /** One leaf per agent, epoch and sequence. */
    SEQUENCE,
    /** Each statement names the one before. */
    CHAIN,
    /** Recomputed results equal the logged ones. */
    ACCOUNT
  }

  @Override
  public String toString() {
    return (leaf < 0 ? "log" : "leaf " + leaf)
        + ": "
        + step.name().toLowerCase(Locale.ROOT)
        + ": "
        + reason;
  }
}
