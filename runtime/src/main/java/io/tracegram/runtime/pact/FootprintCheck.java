package io.tracegram.runtime.pact;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint;
import io.tracegram.runtime.json.Fault;
import java.util.List;
import java.util.Optional;

/** Compares what a gateway signed of a footprint with what the supplier's bytes say. Stateless. */
public final class FootprintCheck {
  /** Returns why a statement does not say what the document says. */
  public Optional<String> refusal(Body.SupplierFootprint said, byte[] document) {
    return switch (PactReader.read(document)) {
      case PactReader.Outcome.Refused(List<Fault> faults) ->
          Optional.of(
              "the declared footprint is none: %s %s"
                  .formatted(faults.getFirst().pointer(), faults.getFirst().reason()));
      case PactReader.Outcome.Valid(DeclaredFootprint footprint) ->
          footprint.equals(said.declared())
              ? PactReader.objection(footprint, lot(said)).map(reason -> "the footprint " + reason)
              : Optional.of("the declared footprint says something else than was signed of it");
    };
  }

  private static Optional<LotId> lot(Body.SupplierFootprint said) {
    return Optional.of(said.lot()).filter(lot -> !lot.isEmpty()).map(LotId::new);
  }
}
