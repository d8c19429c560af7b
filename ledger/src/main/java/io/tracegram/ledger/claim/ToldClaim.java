package io.tracegram.ledger.claim;

import io.tracegram.ledger.custody.Movement;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Body.MaterialClaimed.Subject;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import io.tracegram.ledger.evidence.statement.SupplierSignature;
import java.util.Optional;

/**
 * A claim in the log; immutable.
 *
 * @param said without the document that says it
 * @param signed by the supplier; empty if a person at the plant entered it on its behalf
 * @param withdrawn since; then it covers nothing
 */
public record ToldClaim(
    Body.MaterialClaimed said, Optional<Signed> signed, Optional<Withdrawn> withdrawn) {
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

  /**
   * How a claim was withdrawn.
   *
   * @param leaf that withdraws it
   * @param signed by the supplier, if it did
   */
  public record Withdrawn(long leaf, String reason, Optional<Signed> signed) {}

  static ToldClaim of(Body.MaterialClaimed said) {
    return new ToldClaim(
        said.unsigned(),
        said.document().map(document -> Signed.of(document.signature())),
        Optional.empty());
  }

  /** Returns the thumbprint of the key that signed it. */
  public Optional<Hash> key() {
    return signed.map(Signed::key);
  }

  ToldClaim withdrawn(long leaf, Body.ClaimWithdrawn by) {
    return new ToldClaim(
        said,
        signed,
        Optional.of(
            new Withdrawn(
                leaf,
                by.reason(),
                by.document().map(document -> Signed.of(document.signature())))));
  }

  public boolean isInForce() {
    return withdrawn.isEmpty();
  }

  /** Says whether a received lot is among what it is of. */
  boolean isOf(Movement.Received lot) {
    return switch (said.subject()) {
      case Subject.OfLot(String path) -> path.equals(lot.lot().path());
      case Subject.OfProduct(String gtin, Period valid) ->
          gtin.equals(lot.lot().gtin()) && valid.holds(lot.millis());
    };
  }

  /** Says whether it says the same, and by the same key if by any. */
  public boolean says(Body.MaterialClaimed other) {
    return said.equals(other.unsigned())
        && key().equals(other.document().map(document -> document.signature().key()));
  }
}
