package io.tracegram.ledger.lot;

import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a lot still carries: each withdrawal takes its part by mass, the last one takes the rest, so
 * that nothing is lost to rounding. Immutable.
 *
 * @param secondary the part of {@code co2e} that rests on secondary factors
 */
public record Carriage(Mass mass, Co2e co2e, Co2e secondary) {
  /** A withdrawn part, and what is left. */
  public record Withdrawal(Carriage part, Carriage rest) {}

  /**
   * Withdraws a mass.
   *
   * @param part more than zero, at most what is left
   */
  public Withdrawal withdraw(Mass part) {
    if (part.milligrams() <= 0 || part.compareTo(mass) > 0) {
      throw new IllegalArgumentException("cannot withdraw " + part + " of " + mass);
    }
    Carriage taken = new Carriage(part, share(co2e, part), share(secondary, part));
    return new Withdrawal(
        taken,
        new Carriage(mass.minus(part), co2e.minus(taken.co2e), secondary.minus(taken.secondary)));
  }

  private Co2e share(Co2e amount, Mass part) {
    return new Co2e(
        BigDecimal.valueOf(amount.micrograms())
            .multiply(BigDecimal.valueOf(part.milligrams()))
            .divide(BigDecimal.valueOf(mass.milligrams()), 0, RoundingMode.HALF_EVEN)
            .longValueExact());
  }
}
