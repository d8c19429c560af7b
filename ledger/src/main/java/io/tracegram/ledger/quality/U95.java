package io.tracegram.ledger.quality;

import io.tracegram.ledger.quantity.Co2e;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Half the width of a relative 95 % interval.
 *
 * @param percent ≥ 0, to 34 digits; {@link #rounded()} is the figure to be shown
 */
public record U95(BigDecimal percent) {
  private static final MathContext DIGITS = MathContext.DECIMAL128;
  private static final BigDecimal COVERAGE = new BigDecimal("1.96");
  private static final BigDecimal ROOT_OF_3 = BigDecimal.valueOf(3).sqrt(DIGITS);

  /**
   * One posting and where its errors come from.
   *
   * @param meter whose errors add up linearly over time
   * @param factor whose errors add up linearly over meters
   */
  public record Contribution(
      Co2e co2e, String meter, U95 meterError, String factor, U95 factorError) {}

  public U95 {
    if (percent.signum() < 0) {
      throw new IllegalArgumentException("an uncertainty is not negative");
    }
  }

  /** Returns that of a meter whose error is anywhere within ± its class: 1.96 · class / √3. */
  public static U95 ofAccuracyClass(BigDecimal classPercent) {
    return new U95(COVERAGE.multiply(classPercent, DIGITS).divide(ROOT_OF_3, DIGITS));
  }

  /** Returns that of a product of independent factors: √(this² + other²). */
  public U95 times(U95 other) {
    return new U95(square(percent).add(square(other.percent), DIGITS).sqrt(DIGITS));
  }

  /**
   * Returns that of a sum: the same meter and the same factor linearly, different ones in
   * quadrature; empty if the sum is zero.
   */
  public static Optional<U95> ofSum(List<Contribution> contributions) {
    BigDecimal total = BigDecimal.ZERO;
    Map<String, BigDecimal> meters = new HashMap<>();
    Map<String, BigDecimal> factors = new HashMap<>();
    for (Contribution contribution : contributions) {
      BigDecimal amount = BigDecimal.valueOf(contribution.co2e().micrograms());
      total = total.add(amount);
      meters.merge(
          contribution.meter(),
          amount.multiply(contribution.meterError().percent()),
          BigDecimal::add);
      factors.merge(
          contribution.factor(),
          amount.multiply(contribution.factorError().percent()),
          BigDecimal::add);
    }
    if (total.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal error = sumOfSquares(meters).add(sumOfSquares(factors)).sqrt(DIGITS);
    return Optional.of(new U95(error.divide(total.abs(), DIGITS)));
  }

  /** Returns the percentage rounded half-even to three places. */
  public BigDecimal rounded() {
    return percent.setScale(3, RoundingMode.HALF_EVEN);
  }

  /** Sums exactly, so that the order of a map's values does not matter. */
  private static BigDecimal sumOfSquares(Map<String, BigDecimal> errors) {
    return errors.values().stream()
        .map(error -> error.multiply(error))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal square(BigDecimal value) {
    return value.multiply(value, DIGITS);
  }
}
