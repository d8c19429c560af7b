package io.tracegram.ledger.account;

import io.tracegram.ledger.plant.PrimaryData;
import io.tracegram.ledger.quantity.Co2e;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * By which policy the primary data in a lot's figure was counted; immutable.
 *
 * @param policy in force when its production ended
 * @param mixed whether a part, such as a supplier's, was counted by another one
 */
public record PrimaryPolicy(PrimaryData policy, boolean mixed) {
  /** What an account is by that says nothing. */
  public static final PrimaryPolicy DEFAULT = new PrimaryPolicy(PrimaryData.ACTIVITY, false);

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /**
   * Returns the percentage of a total that is primary, 0 to 100 with two decimals, half-even; empty
   * if the total is not positive.
   */
  public static Optional<BigDecimal> share(Co2e total, Co2e secondary) {
    if (total.micrograms() <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        BigDecimal.valueOf(total.micrograms())
            .subtract(BigDecimal.valueOf(secondary.micrograms()))
            .multiply(HUNDRED)
            .divide(BigDecimal.valueOf(total.micrograms()), 2, RoundingMode.HALF_EVEN)
            .max(BigDecimal.ZERO.setScale(2))
            .min(HUNDRED.setScale(2)));
  }
}
