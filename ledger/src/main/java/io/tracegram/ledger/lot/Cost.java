package io.tracegram.ledger.lot;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Energy;

/**
 * Energy and CO2e of this facility that went to one destination in some quarters of an hour;
 * immutable.
 *
 * @param co2e sum of what is known
 */
public record Cost(Energy electricity, Burden co2e, Unknown unknown) {
  public static final Cost NONE = new Cost(Energy.ZERO, Burden.NONE, Unknown.NOTHING);

  /** How many quarters of an hour lack a component. */
  public record Unknown(
      long scope1, long annual, long hourly, long upstream, long market, long marketHourly) {
    public static final Unknown NOTHING = new Unknown(0, 0, 0, 0, 0, 0);

    private Unknown plus(Unknown other, int sign) {
      return other.equals(NOTHING)
          ? this
          : new Unknown(
              scope1 + sign * other.scope1,
              annual + sign * other.annual,
              hourly + sign * other.hourly,
              upstream + sign * other.upstream,
              market + sign * other.market,
              marketHourly + sign * other.marketHourly);
    }

    private long of(Component component) {
      return switch (component) {
        case SCOPE_1 -> scope1;
        case SCOPE_2_ANNUAL -> annual;
        case SCOPE_2_HOURLY -> hourly;
        case UPSTREAM -> upstream;
        case SCOPE_2_MARKET -> market;
        case SCOPE_2_MARKET_HOURLY -> marketHourly;
        case TRANSPORT, PACKAGING, WASTE, INHERITED, BIOGENIC -> 0;
      };
    }
  }

  /** A burden that comes with no energy, such as scrap's. */
  static Cost of(Burden co2e) {
    return new Cost(Energy.ZERO, co2e.but(0), Unknown.NOTHING);
  }

  public Cost plus(Cost other) {
    return new Cost(
        electricity.plus(other.electricity), co2e.plus(other.co2e), unknown.plus(other.unknown, 1));
  }

  public Cost minus(Cost other) {
    return new Cost(
        new Energy(
            Math.subtractExact(electricity.milliwattHours(), other.electricity.milliwattHours())),
        co2e.minus(other.co2e),
        unknown.plus(other.unknown, -1));
  }

  /** Says whether all that counts on a basis is known. */
  public boolean isKnown(Basis headline) {
    return unknown.scope1 == 0 && unknown.of(Component.scope2(headline)) == 0;
  }

  /** Returns the CO2e with its components marked that are not wholly known. */
  public Burden burden() {
    if (unknown.equals(Unknown.NOTHING)) {
      return co2e.but(0);
    }
    int bits = 0;
    for (Component component : Component.values()) {
      bits |= unknown.of(component) == 0 ? 0 : 1 << component.ordinal();
    }
    return co2e.but(bits);
  }
}
