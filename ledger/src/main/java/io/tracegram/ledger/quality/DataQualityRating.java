package io.tracegram.ledger.quality;

import io.tracegram.ledger.quantity.Co2e;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * How well data represents what it stands for, by three dimensions of the PACT Methodology (Data
 * Quality Rating): 1 good, 2 fair, 3 poor.
 *
 * @param technological same technology, similar, different or unknown
 * @param temporal how old the data is
 * @param geographical same country or grid, same region, global or unknown
 */
public record DataQualityRating(int technological, int temporal, int geographical) {
  public static final int GOOD = 1;
  public static final int POOR = 3;

  /** What a meter of the very place read in the very time says of it: it stands for itself. */
  public static final DataQualityRating METERED = new DataQualityRating(GOOD, GOOD, GOOD);

  /** A part of a footprint. */
  public record Part(Co2e co2e, DataQualityRating rating) {}

  /**
   * The mean of each dimension, weighted by emissions, rounded half-even to three places.
   *
   * @param overall the mean of the three, of exact means and rounded once
   */
  public record Mean(
      BigDecimal technological, BigDecimal temporal, BigDecimal geographical, BigDecimal overall) {}

  public DataQualityRating {
    for (int rating : new int[] {technological, temporal, geographical}) {
      if (rating < GOOD || rating > POOR) {
        throw new IllegalArgumentException("a rating is 1 (good) to 3 (poor), not " + rating);
      }
    }
  }

  /** Returns the ratings of a sum of parts ≥ 0; empty if it is zero. */
  public static Optional<Mean> mean(List<Part> parts) {
    BigDecimal total = BigDecimal.ZERO;
    BigDecimal technological = BigDecimal.ZERO;
    BigDecimal temporal = BigDecimal.ZERO;
    BigDecimal geographical = BigDecimal.ZERO;
    for (Part part : parts) {
      BigDecimal weight = BigDecimal.valueOf(part.co2e().micrograms());
      if (weight.signum() < 0) {
        throw new IllegalArgumentException("a weight is not negative");
      }
      total = total.add(weight);
      technological = technological.add(weighted(weight, part.rating().technological()));
      temporal = temporal.add(weighted(weight, part.rating().temporal()));
      geographical = geographical.add(weighted(weight, part.rating().geographical()));
    }
    if (total.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal sum = technological.add(temporal).add(geographical);
    return Optional.of(
        new Mean(
            ratio(technological, total),
            ratio(temporal, total),
            ratio(geographical, total),
            ratio(sum, total.multiply(BigDecimal.valueOf(3)))));
  }

  private static BigDecimal weighted(BigDecimal weight, int rating) {
    return weight.multiply(BigDecimal.valueOf(rating));
  }

  private static BigDecimal ratio(BigDecimal sum, BigDecimal total) {
    return sum.divide(total, 3, RoundingMode.HALF_EVEN);
  }
}
