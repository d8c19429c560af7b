package io.tracegram.ledger.quality;

import io.tracegram.ledger.quantity.Energy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How much of an energy was not measured.
 *
 * @param percent {@code [0, 100]}, rounded half-even to three places
 * @param isProblem whether it is exactly above 10 %
 */
public record EstimatedShare(BigDecimal percent, boolean isProblem) {
  /**
   * Returns 100 · notMeasured / total; empty if the total is zero.
   *
   * @param notMeasured interpolated or estimated, of {@code [0, total]}
   */
  public static Optional<EstimatedShare> of(Energy notMeasured, Energy total) {
    if (notMeasured.milliwattHours() < 0 || notMeasured.compareTo(total) > 0) {
      throw new IllegalArgumentException("a share is within its total");
    }
    if (total.milliwattHours() == 0) {
      return Optional.empty();
    }
    BigDecimal hundredfold = BigDecimal.valueOf(notMeasured.milliwattHours(), -2);
    BigDecimal whole = BigDecimal.valueOf(total.milliwattHours());
    return Optional.of(
        new EstimatedShare(
            hundredfold.divide(whole, 3, RoundingMode.HALF_EVEN),
            hundredfold.compareTo(whole.multiply(BigDecimal.TEN)) > 0));
  }
}
