package io.tracegram.ledger.quantity;

import java.math.BigDecimal;

/**
 * A mass in whole milligrams, negative for a correction.
 *
 * @param milligrams mg, the full range of {@code long} (9.2 Mt)
 */
public record Mass(long milligrams) implements Comparable<Mass> {
  public static final Mass ZERO = new Mass(0);

  public Mass plus(Mass other) {
    return new Mass(Math.addExact(milligrams, other.milligrams));
  }

  public Mass minus(Mass other) {
    return new Mass(Math.subtractExact(milligrams, other.milligrams));
  }

  /** Returns the mass in kg as a canonical decimal, for people and JSON. */
  public String kilograms() {
    return Decimals.canonical(BigDecimal.valueOf(milligrams, 6));
  }

  @Override
  public int compareTo(Mass other) {
    return Long.compare(milligrams, other.milligrams);
  }
}
