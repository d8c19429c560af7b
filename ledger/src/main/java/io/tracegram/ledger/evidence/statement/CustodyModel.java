package io.tracegram.ledger.evidence.statement;

/**
 * How material that something is claimed of is kept apart from other material (ISO 22095), from the
 * strongest to the weakest; the ordinal is the wire form.
 */
public enum CustodyModel {
  /** One source, never mixed with another. */
  IDENTITY_PRESERVED,
  /** Several sources, of all of which the same is claimed. */
  SEGREGATED,
  /** Mixed with other material in a known proportion. */
  CONTROLLED_BLENDING,
  /** Mixed as it comes; what is claimed is attributed up to the mass put in. */
  MASS_BALANCE,
  /** Claimed apart from the material. */
  BOOK_AND_CLAIM;

  /** Returns the weaker of two: a chain is worth what its weakest step is. */
  public CustodyModel weaker(CustodyModel other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Says whether what is claimed may be attributed to material that does not hold it. */
  public boolean attributes() {
    return compareTo(MASS_BALANCE) >= 0;
  }
}
