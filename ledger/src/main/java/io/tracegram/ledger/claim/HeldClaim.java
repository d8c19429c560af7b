package io.tracegram.ledger.claim;

import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.quantity.Mass;

/**
 * What is claimed of a part of a lot; immutable.
 *
 * @param company that claims it
 * @param model the weakest on the way
 * @param mass of the lot that it covers, &gt; 0
 * @param leaf that claims it, of this facility's log, or the passport it came with
 */
public record HeldClaim(
    String company, MaterialClaim claim, CustodyModel model, Mass mass, long leaf) {
  public HeldClaim {
    if (mass.milligrams() <= 0) {
      throw new IllegalArgumentException("a claim covers some mass");
    }
  }

  HeldClaim covering(long milligrams) {
    return new HeldClaim(company, claim, model, new Mass(milligrams), leaf);
  }

  HeldClaim by(CustodyModel other) {
    return new HeldClaim(company, claim, other, mass, leaf);
  }

  boolean isSame(HeldClaim other) {
    return company.equals(other.company) && claim.equals(other.claim);
  }
}
