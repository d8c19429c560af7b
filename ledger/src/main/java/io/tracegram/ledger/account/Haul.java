package io.tracegram.ledger.account;

import io.tracegram.ledger.plant.Transport;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;

/**
 * How a received lot came; immutable.
 *
 * @param mass that was received
 */
public record Haul(Transport.Route route, Mass mass) {
  /** Returns what carrying the lot over a leg of the route emitted. */
  public Co2e of(Transport.Leg leg) {
    return leg.of(mass);
  }
}
