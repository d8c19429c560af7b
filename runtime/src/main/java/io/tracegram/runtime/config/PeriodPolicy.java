package io.tracegram.runtime.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * How a facility closes its months. Immutable.
 *
 * @param settle plant time after a month's end in which late readings still come
 * @param materialityPercent by how much a closed month's figure must differ for its restatement to
 *     be published; the ledger holds every restatement
 */
public record PeriodPolicy(Duration settle, BigDecimal materialityPercent) {
  public static final PeriodPolicy DEFAULT =
      new PeriodPolicy(Duration.ofDays(10), BigDecimal.valueOf(5));

  private static final int MOST_DAYS = 60;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Reads {@code periods} of a file, whose keys may all be absent. */
  static PeriodPolicy read(YamlMap yaml) {
    Optional<YamlMap> given = yaml.optionalMap("periods");
    if (given.isEmpty()) {
      return DEFAULT;
    }
    YamlMap periods = given.get();
    PeriodPolicy read =
        new PeriodPolicy(
            Duration.ofDays(periods.integer("settleDays", 0, MOST_DAYS, DEFAULT.settle().toDays())),
            periods
                .optionalValue("materialityPercent", PeriodPolicy::percent)
                .orElse(DEFAULT.materialityPercent()));
    periods.close();
    return read;
  }

  private static BigDecimal percent(String text) {
    BigDecimal percent = Scalars.decimalWithPoint(text);
    if (percent.signum() < 0 || percent.compareTo(HUNDRED) > 0) {
      throw new IllegalArgumentException("must be from 0 to 100, not '" + text + "'");
    }
    return percent;
  }
}
