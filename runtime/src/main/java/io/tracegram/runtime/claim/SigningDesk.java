package io.tracegram.runtime.claim;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.signature.Signer;
import io.tracegram.ledger.evidence.statement.SupplierDocument;
import io.tracegram.ledger.evidence.statement.SupplierSignature.Meant;
import io.tracegram.ledger.evidence.statement.SupplierSignature.Purpose;
import io.tracegram.runtime.json.BoundedJson;
import io.tracegram.runtime.json.Fault;
import io.tracegram.runtime.pact.PactReader;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Signs documents as their supplier, after reading them as a gateway will. Thread-safe. */
public final class SigningDesk {
  private final Signer supplier;
  private final Clock clock;

  public SigningDesk(Signer supplier, Clock clock) {
    this.supplier = supplier;
    this.clock = clock;
  }

  /**
   * Signs one document.
   *
   * @param facility id of the one that it is told
   * @param lot the one that a footprint is for; what names its own subject has none
   * @throws IllegalArgumentException saying why no gateway would take it
   */
  public SupplierDocument sign(byte[] document, String facility, Optional<LotId> lot) {
    Purpose purpose = purpose(document);
    switch (purpose) {
      case MATERIAL_CLAIM ->
          ClaimReader.objection(ClaimReader.read(document)).ifPresent(SigningDesk::refuse);
      case FOOTPRINT -> footprint(document, lot);
      case CLAIM_WITHDRAWAL -> WithdrawalReader.read(document);
    }
    if (purpose != Purpose.FOOTPRINT && lot.isPresent()) {
      throw new IllegalArgumentException("only a footprint is signed for a lot beside it");
    }
    return SupplierDocument.sign(
        supplier,
        new Meant(purpose, facility, lot.map(LotId::path).orElse(""), clock.millis() / 1_000),
        document);
  }

  private static Purpose purpose(byte[] document) {
    return switch (BoundedJson.read(document, PactReader.MOST_BYTES)) {
      case BoundedJson.No(Fault fault) -> throw new IllegalArgumentException(fault.reason());
      case BoundedJson.Whole(var root) ->
          root.has(WithdrawalReader.MARK)
              ? Purpose.CLAIM_WITHDRAWAL
              : root.has("claims") ? Purpose.MATERIAL_CLAIM : Purpose.FOOTPRINT;
    };
  }

  private static void footprint(byte[] document, Optional<LotId> lot) {
    switch (PactReader.read(document)) {
      case PactReader.Outcome.Refused(List<Fault> faults) ->
          throw new IllegalArgumentException(
              "%s %s".formatted(faults.getFirst().pointer(), faults.getFirst().reason()));
      case PactReader.Outcome.Valid(var footprint) ->
          PactReader.objection(footprint, lot)
              .map(reason -> "the footprint " + reason)
              .ifPresent(SigningDesk::refuse);
    }
  }

  private static void refuse(String reason) {
    throw new IllegalArgumentException(reason);
  }
}
