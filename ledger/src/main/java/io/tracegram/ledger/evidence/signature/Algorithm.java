package io.tracegram.ledger.evidence.signature;

/** The signature algorithms of the evidence; the number is what a key registration says. */
public enum Algorithm {
  ES256(-7, -9, 65),
  ED25519(-8, -19, 32);

  private final int cose;
  private final int fullySpecified;
  private final int keyLength;

  Algorithm(int cose, int fullySpecified, int keyLength) {
    this.cose = cose;
    this.fullySpecified = fullySpecified;
    this.keyLength = keyLength;
  }

  /** Returns the COSE algorithm identifier we emit (RFC 9053). */
  public int cose() {
    return cose;
  }

  /** Says whether a COSE identifier names this algorithm, also as fully specified by RFC 9864. */
  public boolean accepts(long identifier) {
    return identifier == cose || identifier == fullySpecified;
  }

  int keyLength() {
    return keyLength;
  }
}
