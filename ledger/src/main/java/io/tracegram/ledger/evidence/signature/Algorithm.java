package io.tracegram.ledger.evidence.signature;

/** The signature algorithms of the evidence; the number is what a key registration says. */
public enum Algorithm {
  /** Statements and receipts. */
  ES256("ES256", -7, -9, 65, 64),
  /** Checkpoints and cosignatures. */
  ED25519("Ed25519", -8, -19, 32, 64),
  /** Checkpoints and cosignatures that outlive quantum computers (FIPS 204); never statements. */
  ML_DSA_44("ML-DSA-44", -48, -48, 1_312, 2_420);

  private final String title;
  private final int cose;
  private final int fullySpecified;
  private final int keyLength;
  private final int signatureLength;

  Algorithm(String title, int cose, int fullySpecified, int keyLength, int signatureLength) {
    this.title = title;
    this.cose = cose;
    this.fullySpecified = fullySpecified;
    this.keyLength = keyLength;
    this.signatureLength = signatureLength;
  }

  /** Returns its name as its standard writes it. */
  public String title() {
    return title;
  }

  /** Returns the COSE algorithm identifier we emit (RFC 9053). */
  public int cose() {
    return cose;
  }

  /** Says whether a COSE identifier names this algorithm, also as fully specified by RFC 9864. */
  public boolean accepts(long identifier) {
    return identifier == cose || identifier == fullySpecified;
  }

  /** Returns the length of an encoded public key, in bytes. */
  public int keyLength() {
    return keyLength;
  }

  /** Returns the length of a signature, in bytes. */
  public int signatureLength() {
    return signatureLength;
  }
}
