package io.tracegram.ledger.lot;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Energy;

/**
 * Energy and CO2e of this facility that went to one destination in some quarters of an hour;
 * immutable.
 *
 * @param co2e sum of what is known
 * @param unknownScope1 quarters in which it is not, by component
 */
public record Cost(
    Energy electricity,
    Burden co2e,
    long unknownScope1,
    long unknownAnnual,
    long unknownHourly,
    long unknownUpstream) {
  public static final Cost NONE = new Cost(Energy.ZERO, Burden.NONE, 0, 0, 0, 0);

  /** A burden that comes with no energy, such as scrap's. */
  static Cost of(Burden co2e) {
    return new Cost(Energy.ZERO, co2e.but(0), 0, 0, 0, 0);
  }

  public Cost plus(Cost other) {
    return new Cost(
        electricity.plus(other.electricity),
        co2e.plus(other.co2e),
        unknownScope1 + other.unknownScope1,
        unknownAnnual + other.unknownAnnual,
        unknownHourly + other.unknownHourly,
        unknownUpstream + other.unknownUpstream);
  }

  public Cost minus(Cost other) {
    return new Cost(
        new Energy(
            Math.subtractExact(electricity.milliwattHours(), other.electricity.milliwattHours())),
        co2e.minus(other.co2e),
        unknownScope1 - other.unknownScope1,
        unknownAnnual - other.unknownAnnual,
        unknownHourly - other.unknownHourly,
        unknownUpstream - other.unknownUpstream);
  }

  /** Says whether all that counts on a location-based basis is known. */
  public boolean isKnown(Basis headline) {
    return unknownScope1 == 0 && (headline == Basis.LB_HOURLY ? unknownHourly : unknownAnnual) == 0;
  }

  /** Returns the CO2e with its components marked that are not wholly known. */
  public Burden burden() {
    int unknown =
        bit(unknownScope1, Component.SCOPE_1)
            | bit(unknownAnnual, Component.SCOPE_2_ANNUAL)
            | bit(unknownHourly, Component.SCOPE_2_HOURLY)
            | bit(unknownUpstream, Component.UPSTREAM);
    return co2e.but(unknown);
  }

  private static int bit(long quarters, Component component) {
    return quarters == 0 ? 0 : 1 << component.ordinal();
  }
}
