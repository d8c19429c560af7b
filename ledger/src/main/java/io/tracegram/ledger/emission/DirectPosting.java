package io.tracegram.ledger.emission;

import io.tracegram.ledger.emission.EmissionFactor.Unit;
import io.tracegram.ledger.quantity.Co2e;
import java.util.Optional;

/** What a {@link DirectAmount} emits by a factor, or why that factor does not fit it. */
public sealed interface DirectPosting {
  /**
   * It fits; each amount is rounded half-even once.
   *
   * @param biogenic CO2 outside the scopes, never a part of {@code co2e}; empty: not stated
   */
  record Posted(Co2e co2e, Optional<Co2e> biogenic) implements DirectPosting {}

  /** It does not fit; nothing is converted silently. */
  record Refused(String reason) implements DirectPosting {}

  /**
   * Prices an amount.
   *
   * @throws ArithmeticException if the posting is beyond 9.2 Mt
   */
  static DirectPosting of(FactorSet.Entry entry, DirectAmount amount) {
    return switch (amount) {
      case DirectAmount.GrossEnergy(var energy) ->
          of(entry, new Measured(Unit.KWH_GROSS, energy.milliwattHours(), 6));
      case DirectAmount.NetEnergy(var energy) ->
          of(entry, new Measured(Unit.KWH_NET, energy.milliwattHours(), 6));
      case DirectAmount.Gas(var volume) ->
          of(entry, new Measured(Unit.CUBIC_METRE, volume.millilitres(), 6));
      case DirectAmount.Liquid(var volume) ->
          of(entry, new Measured(Unit.LITRE, volume.millilitres(), 3));
      case DirectAmount.FuelMass(var mass) ->
          of(entry, new Measured(Unit.KG, mass.milligrams(), 6));
      case DirectAmount.RefrigerantTopUp(var mass) ->
          entry.factor().gwpSet().isBlank()
              ? new Refused(
                  "refrigerant factor " + entry.factor().id() + " names no GWP set, such as AR5")
              : of(entry, new Measured(Unit.KG, mass.milligrams(), 6));
    };
  }

  private static DirectPosting of(FactorSet.Entry entry, Measured measured) {
    EmissionFactor factor = entry.factor();
    if (factor.unit() != measured.unit()) {
      return new Refused(
          "factor "
              + factor.id()
              + " is per "
              + factor.unit()
              + " but the amount is in "
              + measured.unit()
              + ": choose the factor of that unit, or declare the amount as it is billed");
    }
    return new Posted(
        EmissionFactor.product(factor.kgPerUnit(), measured.baseUnits(), measured.digits()),
        entry
            .biogenicKgPerUnit()
            .map(kg -> EmissionFactor.product(kg, measured.baseUnits(), measured.digits())));
  }

  /**
   * An amount in base units.
   *
   * @param digits 10^digits base units are one unit
   */
  record Measured(Unit unit, long baseUnits, int digits) {}
}
