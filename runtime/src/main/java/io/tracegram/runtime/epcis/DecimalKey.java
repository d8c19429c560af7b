package io.tracegram.runtime.epcis;

import java.math.BigDecimal;

/** Writes decimals as text that sorts by value, exactly and whatever their size. Stateless. */
final class DecimalKey {
  private static final long BIAS = 5_000_000_000L;

  private DecimalKey() {}

  static String of(BigDecimal value) {
    if (value.signum() == 0) {
      return "1";
    }
    BigDecimal plain = value.stripTrailingZeros();
    long exponent = (long) plain.precision() - plain.scale();
    String digits = plain.unscaledValue().abs().toString();
    if (value.signum() > 0) {
      return "2" + (BIAS + exponent) + digits;
    }
    // of negative numbers the larger magnitude comes first, and of two prefixes the longer one
    return "0" + complement((BIAS + exponent) + digits) + ":";
  }

  private static String complement(String digits) {
    StringBuilder text = new StringBuilder(digits.length());
    for (int i = 0; i < digits.length(); i++) {
      text.append((char) ('9' - (digits.charAt(i) - '0')));
    }
    return text.toString();
  }
}
