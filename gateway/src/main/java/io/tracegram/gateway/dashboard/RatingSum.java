package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.tracegram.ledger.account.CitedFactors.Part;
import io.tracegram.ledger.quality.DataQualityRating;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Decimals;
import io.tracegram.runtime.web.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How well what was summed represents what it stands for, by amount. Single-threaded.
 *
 * <p>A factor has its declared rating, a reading stands for itself; what a person estimated, and
 * what a factor without a rating prices, is unrated.
 */
final class RatingSum {
  private final FactorSplit split;
  private final Map<String, Long> amounts = new TreeMap<>();
  private long estimated;

  RatingSum(FactorSplit split) {
    this.split = split;
  }

  /**
   * Adds a part of a posting.
   *
   * @param key of its factors
   * @param guessed µg of it that rest on an estimate
   */
  void add(String key, long micrograms, long guessed) {
    amounts.merge(key, micrograms - guessed, Math::addExact);
    estimated = Math.addExact(estimated, guessed);
  }

  /** Returns the ratings; null where nothing is rated. */
  JsonNode json(boolean known) {
    Map<DataQualityRating, Long> rated = new HashMap<>();
    long unrated = estimated;
    for (Map.Entry<String, Long> amount : amounts.entrySet()) {
      Optional<Map<Part, Long>> parts = split.split(amount.getKey(), amount.getValue());
      if (parts.isEmpty()) {
        unrated = Math.addExact(unrated, amount.getValue());
        continue;
      }
      for (Map.Entry<Part, Long> part : parts.get().entrySet()) {
        Optional<DataQualityRating> rating = part.getKey().quality().rating();
        rating.ifPresent(stated -> rated.merge(stated, part.getValue(), Math::addExact));
        unrated = Math.addExact(unrated, rating.isPresent() ? 0 : part.getValue());
      }
    }
    return known ? json(rated, unrated) : NullNode.getInstance();
  }

  /**
   * Returns the ratings of amounts in one unit.
   *
   * @param rated none negative
   */
  static JsonNode json(Map<DataQualityRating, Long> rated, long unrated) {
    List<DataQualityRating.Part> parts = new ArrayList<>();
    BigDecimal whole = BigDecimal.valueOf(unrated);
    for (Map.Entry<DataQualityRating, Long> amount : rated.entrySet()) {
      parts.add(new DataQualityRating.Part(new Co2e(amount.getValue()), amount.getKey()));
      whole = whole.add(BigDecimal.valueOf(amount.getValue()));
    }
    Optional<DataQualityRating.Mean> mean = DataQualityRating.mean(parts);
    if (mean.isEmpty()) {
      return NullNode.getInstance();
    }
    return Json.object()
        .put("technological", Decimals.canonical(mean.get().technological()))
        .put("temporal", Decimals.canonical(mean.get().temporal()))
        .put("geographical", Decimals.canonical(mean.get().geographical()))
        .put("overall", Decimals.canonical(mean.get().overall()))
        .put(
            "unratedPercent",
            Decimals.canonical(
                BigDecimal.valueOf(unrated, -2).divide(whole, 3, RoundingMode.HALF_EVEN)));
  }
}
