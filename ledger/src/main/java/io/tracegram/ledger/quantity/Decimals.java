package io.tracegram.ledger.quantity;

import java.math.BigDecimal;

/** Writes exact decimals in the one form that the interfaces use. */
public final class Decimals {
  private Decimals() {}

  /**
   * Writes a decimal without an exponent and without trailing zeros, but with at least one digit
   * ({@code 0}, {@code 1.77}, {@code -0.001}).
   */
  public static String canonical(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
