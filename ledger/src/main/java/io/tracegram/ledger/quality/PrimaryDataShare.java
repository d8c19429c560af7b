package io.tracegram.ledger.quality;

import io.tracegram.ledger.quantity.Co2e;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** The part of a footprint that rests on primary data: 100 · ΣP / ΣC. Stateless. */
public final class PrimaryDataShare {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private PrimaryDataShare() {}

  /**
   * A part of a footprint.
   *
   * @param primaryPercent of it, {@code [0, 100]}
   */
  public record Part(Co2e co2e, BigDecimal primaryPercent) {
    public Part {
      if (co2e.micrograms() < 0
          || primaryPercent.signum() < 0
          || primaryPercent.compareTo(HUNDRED) > 0) {
        throw new IllegalArgumentException("a part is not negative and its share is 0 to 100 %");
      }
    }

    /** Returns a posting of our own, primary as a whole or not at all. */
    public static Part of(Co2e co2e, PrimaryDataPolicy.Origin origin, PrimaryDataPolicy policy) {
      return new Part(co2e, policy.isPrimary(origin) ? HUNDRED : BigDecimal.ZERO);
    }
  }

  /** Returns the share in percent, rounded half-even to three places; empty if the sum is zero. */
  public static Optional<BigDecimal> percent(List<Part> parts) {
    BigDecimal primary = BigDecimal.ZERO;
    BigDecimal total = BigDecimal.ZERO;
    for (Part part : parts) {
      BigDecimal co2e = BigDecimal.valueOf(part.co2e().micrograms());
      primary = primary.add(co2e.multiply(part.primaryPercent()));
      total = total.add(co2e);
    }
    return total.signum() == 0
        ? Optional.empty()
        : Optional.of(primary.divide(total, 3, RoundingMode.HALF_EVEN));
  }
}
