package io.tracegram.ledger.quantity;

import java.math.BigDecimal;

/**
 * A greenhouse gas amount in whole micrograms of CO2 equivalent, negative for a correction.
 *
 * @param micrograms µg CO2e, the full range of {@code long} (9.2 Mt)
 */
public record Co2e(long micrograms) implements Comparable<Co2e> {
  public static final Co2e ZERO = new Co2e(0);

  public Co2e plus(Co2e other) {
    return new Co2e(Math.addExact(micrograms, other.micrograms));
  }

  public Co2e minus(Co2e other) {
    return new Co2e(Math.subtractExact(micrograms, other.micrograms));
  }

  /** Returns the amount in kg CO2e as a canonical decimal, for people and JSON. */
  public String kilograms() {
    return Decimals.canonical(BigDecimal.valueOf(micrograms, 9));
  }

  @Override
  public int compareTo(Co2e other) {
    return Long.compare(micrograms, other.micrograms);
  }
}
