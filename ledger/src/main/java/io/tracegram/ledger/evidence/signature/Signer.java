package io.tracegram.ledger.evidence.signature;

/** Signs with a key that may live in a file, a TPM or a PKCS#11 token. Thread-safe. */
public interface Signer {
  PublicKey publicKey();

  /** Returns the signature over the message, as long as the algorithm has it (ES256: r ‖ s). */
  byte[] sign(byte[] message);
}
