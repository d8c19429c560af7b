package io.tracegram.ledger.emission;

import io.tracegram.ledger.quality.DataQualityRating;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is stated of a factor's quality, which changes no figure; immutable.
 *
 * @param u95Percent half the width of its relative 95 % interval, if anyone states one
 * @param rating how well it represents what it prices, if anyone rated that
 */
public record FactorQuality(Optional<BigDecimal> u95Percent, Optional<DataQualityRating> rating) {
  /** Nothing is stated. */
  public static final FactorQuality NONE = new FactorQuality(Optional.empty(), Optional.empty());

  public FactorQuality {
    if (!u95Percent.map(EmissionFactor::isBounded).orElse(true)) {
      throw new IllegalArgumentException("an uncertainty is negative or too long");
    }
  }

  /** Returns what is stated here, and else there. */
  public FactorQuality or(FactorQuality there) {
    return new FactorQuality(u95Percent.or(there::u95Percent), rating.or(there::rating));
  }
}
