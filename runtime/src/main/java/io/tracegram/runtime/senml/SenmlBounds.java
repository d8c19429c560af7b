package io.tracegram.runtime.senml;

import java.math.BigDecimal;
import java.math.BigInteger;

/** How large what a stranger sends may be. Pure, stateless. */
final class SenmlBounds {
  static final int MOST_BYTES = 16_384;
  static final int MOST_RECORDS = 256;
  static final int MOST_TEXT = 1_024;
  static final int MOST_NAME = 256;

  /** Any float64 fits: it has at most 309 digits before its point and 1,074 behind. */
  private static final int MOST_DIGITS_BEFORE = 400;

  private static final int MOST_DIGITS_BEHIND = 1_100;
  private static final int MOST_INTEGER_BITS = 1_024;

  private SenmlBounds() {}

  /** Returns a decimal that arithmetic cannot blow up. */
  static BigDecimal number(BigDecimal value) throws SenmlRefusal {
    if (value.scale() > MOST_DIGITS_BEHIND
        || (long) value.precision() - value.scale() > MOST_DIGITS_BEFORE) {
      throw new SenmlRefusal("number-size", "the pack has a number beyond all bounds");
    }
    return value;
  }

  /** Returns {@code mantissa · 10^exponent}. */
  static BigDecimal number(BigInteger mantissa, BigInteger exponent) throws SenmlRefusal {
    if (mantissa.bitLength() > MOST_INTEGER_BITS || exponent.bitLength() > 11) {
      throw new SenmlRefusal("number-size", "the pack has a number beyond all bounds");
    }
    return number(new BigDecimal(mantissa, -exponent.intValueExact()));
  }

  static String text(String text, int most, String what) throws SenmlRefusal {
    if (text.length() > most) {
      throw new SenmlRefusal(
          "too-large", what + " has " + text.length() + " characters, at most " + most);
    }
    return text;
  }
}
