package io.tracegram.runtime.claim;

import io.tracegram.ledger.evidence.statement.Body.ClaimWithdrawn;
import java.util.List;
import java.util.Optional;

/** Reads how a supplier withdraws a claim, strictly. Stateless. */
public final class WithdrawalReader {
  /** The member that tells a withdrawal from a claim. */
  static final String MARK = "withdraws";

  private WithdrawalReader() {}

  /**
   * Reads a document; nobody has signed it yet.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static ClaimWithdrawn read(byte[] document) {
    ClaimFields said =
        ClaimFields.of("the withdrawal", document, ClaimReader.MOST_BYTES)
            .only(List.of(MARK, "company", "role", "person", "reason"));
    return new ClaimWithdrawn(
        said.leaf(MARK),
        said.text("company"),
        said.text("role"),
        said.id("person"),
        said.text("reason"),
        Optional.empty());
  }
}
