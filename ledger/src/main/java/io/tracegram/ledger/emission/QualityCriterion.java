package io.tracegram.ledger.emission;

/**
 * The eight quality criteria of the GHG Protocol Scope 2 Guidance, table 7.1, in its order; the
 * ordinal is the wire form.
 *
 * <p>One that is about another type of instrument is answered "met", with "not applicable" as text.
 */
public enum QualityCriterion {
  EMISSION_RATE("it conveys the direct emission rate of the generation"),
  SOLE_CLAIM("it is the only instrument that carries this claim"),
  RETIRED("it is tracked, and redeemed, retired or cancelled for this company"),
  VINTAGE("it is issued and redeemed as close as possible to the period of use"),
  SAME_MARKET("it comes from the market in which the electricity is used"),
  SUPPLIER_DELIVERED("a supplier's rate is of delivered electricity, its certificates retired"),
  CLAIMS_TRANSFERRED("a direct purchase transfers every claim to this company alone"),
  RESIDUAL_MIX("a residual mix describes unclaimed electricity, or its absence is disclosed");

  private final String question;

  QualityCriterion(String question) {
    this.question = question;
  }

  /** Returns what has to be so, as a clause for a person. */
  public String question() {
    return question;
  }
}
