package io.tracegram.ledger.emission;

import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.ledger.quantity.Volume;

/** An amount that emits on site (scope 1), in the unit and on the basis that its source states. */
public sealed interface DirectAmount {
  /** Fuel energy on its gross (higher) calorific value. */
  record GrossEnergy(Energy energy) implements DirectAmount {}

  /** Fuel energy on its net (lower) calorific value. */
  record NetEnergy(Energy energy) implements DirectAmount {}

  /** Gas, at the conditions that its factor names. */
  record Gas(Volume volume) implements DirectAmount {}

  /** Liquid fuel. */
  record Liquid(Volume volume) implements DirectAmount {}

  /** Fuel by mass. */
  record FuelMass(Mass mass) implements DirectAmount {}

  /** Refrigerant topped up, taken as leaked; its factor is the GWP of a named set. */
  record RefrigerantTopUp(Mass mass) implements DirectAmount {}
}
