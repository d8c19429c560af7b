package io.tracegram.ledger.claim;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.SupplierSignature;
import java.util.Optional;

/**
 * A claim in the log; immutable.
 *
 * @param said without the document that says it
 * @param signed by the supplier; empty if a person at the plant entered it on its behalf
 */
public record ToldClaim(Body.MaterialClaimed said, Optional<Signed> signed) {
  /**
   * By which key and when a supplier signed.
   *
   * @param key thumbprint
   * @param seconds since 1970 UTC, by the supplier's clock
   */
  public record Signed(Hash key, long seconds) {
    static Signed of(SupplierSignature signature) {
      return new Signed(signature.key(), signature.meant().signedSeconds());
    }
  }

  static ToldClaim of(Body.MaterialClaimed said) {
    return new ToldClaim(
        said.unsigned(), said.document().map(document -> Signed.of(document.signature())));
  }

  /** Returns the thumbprint of the key that signed it. */
  public Optional<Hash> key() {
    return signed.map(Signed::key);
  }

  /** Says whether it says the same, and by the same key if by any. */
  public boolean says(Body.MaterialClaimed other) {
    return said.equals(other.unsigned())
        && key().equals(other.document().map(document -> document.signature().key()));
  }
}
