package io.tracegram.ledger.verification;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that does not verify.
 *
 * @param leaf where, or −1 for the log as a whole
 * @param step which check failed
 * @param reason for a person
 * @param file that holds it, by its name within the evidence
 */
public record Finding(long leaf, Step step, String reason, Optional<String> file) {
  /** The checks, in their order. */
  public enum Step {
    /** The evidence is made of exactly the files it should be. */
    FILES,
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

  public Finding(long leaf, Step step, String reason) {
    this(leaf, step, reason, Optional.empty());
  }

  /** Returns the same finding with the file it was made in. */
  public Finding in(String name) {
    return new Finding(leaf, step, reason, Optional.of(name));
  }

  @Override
  public String toString() {
    String place =
        leaf < 0 ? file.orElse("log") : "leaf " + leaf + file.map(name -> " in " + name).orElse("");
    return place + ": " + step.name().toLowerCase(Locale.ROOT) + ": " + reason;
  }
}
