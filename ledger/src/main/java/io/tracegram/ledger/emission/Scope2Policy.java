package io.tracegram.ledger.emission;

/** Which text of the Scope 2 standard instruments must satisfy; the ordinal is the wire form. */
public enum Scope2Policy {
  /** The Guidance of 2015: the eight criteria; matching by volume over the validity. */
  CURRENT,
  /** The revision, still a proposal: hour by hour, and from where power can be delivered. */
  PROPOSED_REVISION;

  /** Returns whether an instrument must be deliverable to the load. */
  public boolean demandsDeliverability() {
    return this == PROPOSED_REVISION;
  }

  /** Returns the market-based figure that this text asks for; the other stands beside it. */
  public Basis marketBasis() {
    return this == PROPOSED_REVISION ? Basis.MB_HOURLY : Basis.MB_ANNUAL;
  }
}
