package io.tracegram.ledger.energy;

/** Products that need 128 bits and quotients that do not. */
final class Exact {
  private static final int STEP = 16;
  private static final long MASK = (1L << STEP) - 1;

  /** Divisors must be smaller: a remainder has to leave room for one step. */
  static final long MOST_DIVISOR = 1L << (Long.SIZE - 1 - STEP);

  private Exact() {}

  /**
   * Returns floor(a·b / divisor).
   *
   * @param a ≥ 0
   * @param b ≥ 0
   * @param divisor in [1, {@link #MOST_DIVISOR})
   * @throws ArithmeticException if the quotient needs more than 63 bits
   */
  static long share(long a, long b, long divisor) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    if (high == 0 && low >= 0) {
      return low / divisor;
    }
    if (high >= divisor) {
      throw new ArithmeticException(a + " · " + b + " / " + divisor + " exceeds 63 bits");
    }
    long remainder = high;
    long quotient = 0;
    for (int shift = Long.SIZE - STEP; shift >= 0; shift -= STEP) {
      long part = (remainder << STEP) | ((low >>> shift) & MASK);
      quotient = (quotient << STEP) | (part / divisor);
      remainder = part % divisor;
    }
    if (quotient < 0) {
      throw new ArithmeticException(a + " · " + b + " / " + divisor + " exceeds 63 bits");
    }
    return quotient;
  }
}
