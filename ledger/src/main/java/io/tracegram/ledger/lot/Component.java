package io.tracegram.ledger.lot;

import io.tracegram.ledger.emission.Basis;

/**
 * What a lot's CO2e is made of; the ordinal is the wire form. Those of scope 2 are the same energy
 * on several bases: one of them counts.
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
  BIOGENIC,
  /**
   * Bought energy, market-based, instruments matched by volume; what emitted here and was sold as
   * an instrument counts with its difference.
   */
  SCOPE_2_MARKET,
  /** The same, instruments matched by the hour. */
  SCOPE_2_MARKET_HOURLY;

  /** Returns the component of bought energy on a basis. */
  public static Component scope2(Basis basis) {
    return switch (basis) {
      case LB_HOURLY -> SCOPE_2_HOURLY;
      case LB_ANNUAL, PCF_LIFECYCLE -> SCOPE_2_ANNUAL;
      case MB_ANNUAL -> SCOPE_2_MARKET;
      case MB_HOURLY -> SCOPE_2_MARKET_HOURLY;
    };
  }

  /** Says whether it is bought energy, on whichever basis. */
  public boolean isScope2() {
    return switch (this) {
      case SCOPE_2_ANNUAL, SCOPE_2_HOURLY, SCOPE_2_MARKET, SCOPE_2_MARKET_HOURLY -> true;
      case SCOPE_1, UPSTREAM, TRANSPORT, PACKAGING, WASTE, INHERITED, BIOGENIC -> false;
    };
  }

  /** Says whether it is part of the sum on a basis. */
  public boolean counts(Basis basis) {
    return isScope2() ? this == scope2(basis) : this != BIOGENIC;
  }
}
