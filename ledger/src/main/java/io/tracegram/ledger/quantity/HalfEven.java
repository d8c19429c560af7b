package io.tracegram.ledger.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Multiplies and divides integers with one rounding, half to even. Stateless. */
public final class HalfEven {
  private HalfEven() {}

  /**
   * Returns {@code a · b / divisor} of the exact, 128-bit product.
   *
   * @param divisor positive
   * @throws ArithmeticException if the result is beyond {@code long}
   */
  public static long multiplyDivide(long a, long b, long divisor) {
    if (divisor <= 0) {
      throw new IllegalArgumentException("divisor " + divisor + " is not positive");
    }
    long low = a * b;
    if (Math.multiplyHigh(a, b) == low >> 63) {
      return divide(low, divisor);
    }
    BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    return new BigDecimal(product)
        .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  private static long divide(long value, long divisor) {
    long floor = Math.floorDiv(value, divisor);
    long remainder = Math.floorMod(value, divisor);
    int half = Long.compare(remainder, divisor - remainder);
    return half > 0 || (half == 0 && (floor & 1) == 1) ? floor + 1 : floor;
  }
}
