package io.tracegram.ledger.claim;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.quantity.Mass;
import java.util.Optional;

/**
 * What is claimed of a part of a lot; immutable.
 *
 * @param company that claims it
 * @param model the weakest on the way
 * @param mass of the lot that it covers, &gt; 0
 * @param leaf that claims it, of this facility's log, or the passport it came with
 * @param key thumbprint of the company's key that signed it; empty if a person at a plant entered
 *     it on the company's behalf
 */
public record HeldClaim(
    String company,
    MaterialClaim claim,
    CustodyModel model,
    Mass mass,
    long leaf,
    Optional<Hash> key) {
  /** A claim that its company did not sign. */
  public HeldClaim(String company, MaterialClaim claim, CustodyModel model, Mass mass, long leaf) {
    this(company, claim, model, mass, leaf, Optional.empty());
  }

  public HeldClaim {
    if (mass.milligrams() <= 0) {
      throw new IllegalArgumentException("a claim covers some mass");
    }
  }

  HeldClaim covering(long milligrams) {
    return new HeldClaim(company, claim, model, new Mass(milligrams), leaf, key);
  }

  HeldClaim by(CustodyModel other) {
    return new HeldClaim(company, claim, other, mass, leaf, key);
  }

  HeldClaim toldBy(long other) {
    return new HeldClaim(company, claim, model, mass, other, key);
  }

  /** What a company signed is not the same as what was entered for it. */
  boolean isSame(HeldClaim other) {
    return company.equals(other.company) && claim.equals(other.claim) && key.equals(other.key);
  }
}
