package io.tracegram.ledger.evidence.statement;

/** How far a statement's time can be trusted, in OCMF's letters; the ordinal is the wire form. */
public enum ClockStatus {
  /** U: unknown or unsynchronised. */
  UNKNOWN('U'),
  /** I: informative, not traceable. */
  INFORMATIVE('I'),
  /** S: synchronised. */
  SYNCHRONISED('S'),
  /** R: relative, also plant time of a simulation or a replay. */
  RELATIVE('R');

  private final char letter;

  ClockStatus(char letter) {
    this.letter = letter;
  }

  public char letter() {
    return letter;
  }
}
