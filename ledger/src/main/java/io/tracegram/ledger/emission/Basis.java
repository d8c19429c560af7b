package io.tracegram.ledger.emission;

/**
 * Ways to account the same energy, side by side and never mixed (GHG Protocol Scope 2 Guidance);
 * the ordinal is the wire form.
 */
public enum Basis {
  /** Location-based, the grid's average of a year. */
  LB_ANNUAL,
  /** Location-based, the grid's average of the very slot. */
  LB_HOURLY,
  /** Market-based, instruments matched over their whole validity. */
  MB_ANNUAL,
  /** Market-based, instruments matched hour by hour. */
  MB_HOURLY,
  /** With well-to-tank, transmission losses and infrastructure, for product footprints. */
  PCF_LIFECYCLE
}
