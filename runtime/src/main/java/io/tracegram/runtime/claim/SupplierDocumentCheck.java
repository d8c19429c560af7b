package io.tracegram.runtime.claim;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.verification.DocumentCheck;
import io.tracegram.runtime.pact.FootprintCheck;
import java.util.Optional;

/** Compares what a gateway took of suppliers' documents with what the bytes say. Stateless. */
public final class SupplierDocumentCheck implements DocumentCheck {
  private final FootprintCheck footprints = new FootprintCheck();

  @Override
  public Optional<String> refusal(Body said, byte[] document) {
    if (said instanceof Body.SupplierFootprint footprint) {
      return footprints.refusal(footprint, document);
    }
    if (said instanceof Body.MaterialClaimed claimed) {
      return refusal(claimed, document);
    }
    if (said instanceof Body.ClaimWithdrawn withdrawn) {
      return refusal(withdrawn, document);
    }
    return Optional.empty();
  }

  private static Optional<String> refusal(Body.ClaimWithdrawn said, byte[] document) {
    try {
      return WithdrawalReader.read(document).equals(said.unsigned())
          ? Optional.empty()
          : Optional.of("the supplier's document withdraws something else than was taken of it");
    } catch (IllegalArgumentException e) {
      return Optional.of("the supplier's document is no withdrawal: " + e.getMessage());
    }
  }

  private static Optional<String> refusal(Body.MaterialClaimed said, byte[] document) {
    try {
      return ClaimReader.read(document).equals(said.unsigned())
          ? Optional.empty()
          : Optional.of("the supplier's document claims something else than was taken of it");
    } catch (IllegalArgumentException e) {
      return Optional.of("the supplier's document is no claim: " + e.getMessage());
    }
  }
}
