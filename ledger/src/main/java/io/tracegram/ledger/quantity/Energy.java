package io.tracegram.ledger.quantity;

import java.math.BigDecimal;

/**
 * An amount of energy in whole milliwatt-hours, negative for a correction.
 *
 * @param milliwattHours mWh, the full range of {@code long} (9.2 TWh)
 */
public record Energy(long milliwattHours) implements Comparable<Energy> {
  public static final Energy ZERO = new Energy(0);

  public static Energy ofWattHours(long wattHours) {
    return new Energy(Math.multiplyExact(wattHours, 1_000L));
  }

  public Energy plus(Energy other) {
    return new Energy(Math.addExact(milliwattHours, other.milliwattHours));
  }

  public Energy minus(Energy other) {
    return new Energy(Math.subtractExact(milliwattHours, other.milliwattHours));
  }

  /** Returns the amount in kWh as a canonical decimal, for people and JSON. */
  public String kilowattHours() {
    return Decimals.canonical(BigDecimal.valueOf(milliwattHours, 6));
  }

  @Override
  public int compareTo(Energy other) {
    return Long.compare(milliwattHours, other.milliwattHours);
  }
}
