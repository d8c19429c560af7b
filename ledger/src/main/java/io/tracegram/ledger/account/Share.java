package io.tracegram.ledger.account;

import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;

/** A part of an account: its energy and its location-based scope 2 CO2e. */
public record Share(Energy energy, Co2e co2e) {
  public static final Share NONE = new Share(Energy.ZERO, Co2e.ZERO);

  Share times(int sign) {
    return new Share(
        new Energy(Math.multiplyExact(energy.milliwattHours(), sign)),
        new Co2e(Math.multiplyExact(co2e.micrograms(), sign)));
  }

  public Share plus(Share other) {
    return new Share(energy.plus(other.energy), co2e.plus(other.co2e));
  }
}
