package io.tracegram.ledger.verification;

import io.tracegram.ledger.evidence.statement.Body;
import java.util.Optional;

/** Reads a logged document again, which the accounts do not: they take what was extracted of it. */
public interface DocumentCheck {
  /** Believes every extraction. */
  DocumentCheck NONE = (said, document) -> Optional.empty();

  /**
   * Returns why a statement does not say what the supplier's document in it says; empty if it does,
   * or holds none.
   *
   * @param document the whole of it
   */
  Optional<String> refusal(Body said, byte[] document);
}
