package io.tracegram.ledger.evidence.signature;

/** Signs with a key that may live in a file, a TPM or a PKCS#11 token. Thread-safe. */
public interface Signer {
  PublicKey publicKey();

  /** Returns the 64-byte signature over the message (ES256: r ‖ s). */
  byte[] sign(byte[] message);
}
