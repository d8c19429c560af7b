package io.tracegram.ledger.lot;

/**
 * What a lot's CO2e is made of; the ordinal is the wire form. The two of scope 2 are the same
 * energy on two bases: one of them counts.
 */
public enum Component {
  /** Emitted in this facility. */
  SCOPE_1,
  /** Bought energy, location-based by the year's average. */
  SCOPE_2_ANNUAL,
  /** Bought energy, location-based by the slot's average. */
  SCOPE_2_HOURLY,
  /** Making and bringing fuels and energy: what a life-cycle factor has beyond the year's. */
  UPSTREAM,
  TRANSPORT,
  PACKAGING,
  /** Treatment of waste, which the products carry. */
  WASTE,
  /** Declared by suppliers, or by secondary factors. */
  INHERITED,
  /** Biogenic CO2, outside the sum. */
  BIOGENIC
}
