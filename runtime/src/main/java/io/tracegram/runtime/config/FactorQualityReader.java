package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.quality.DataQualityRating;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what somebody states of a factor's quality. Stateless. */
public final class FactorQualityReader {
  private static final Pattern WORD = Pattern.compile("([1-3]),([1-3]),([1-3])");

  private FactorQualityReader() {}

  /** Reads {@code u95Percent} and {@code rating}. */
  static FactorQuality read(YamlMap yaml) {
    return new FactorQuality(
        yaml.optionalValue("u95Percent", FactorEntryReader::percent), rating(yaml));
  }

  /** Reads {@code rating}, none of whose three dimensions has a default. */
  static Optional<DataQualityRating> rating(YamlMap yaml) {
    return yaml.optionalMap("rating")
        .map(
            rating -> {
              DataQualityRating read =
                  new DataQualityRating(
                      dimension(rating, "technological"),
                      dimension(rating, "temporal"),
                      dimension(rating, "geographical"));
              rating.close();
              return read;
            });
  }

  private static int dimension(YamlMap rating, String key) {
    return rating.value(
        key,
        text -> (int) Scalars.integer(text, DataQualityRating.GOOD, DataQualityRating.POOR),
        DataQualityRating.POOR);
  }

  /**
   * Reads what a command line states.
   *
   * @param rating such as {@code 1,2,1}: technological, temporal, geographical
   * @throws IllegalArgumentException if it states something else
   */
  public static FactorQuality parse(Optional<String> u95Percent, Optional<String> rating) {
    return new FactorQuality(
        u95Percent.map(FactorEntryReader::percent), rating.map(FactorQualityReader::rating));
  }

  private static DataQualityRating rating(String text) {
    Matcher word = WORD.matcher(text);
    if (!word.matches()) {
      throw new IllegalArgumentException(
          "a rating is three of 1 (good), 2 (fair) and 3 (poor), such as 1,2,1, not '"
              + text
              + "'");
    }
    return new DataQualityRating(
        Integer.parseInt(word.group(1)),
        Integer.parseInt(word.group(2)),
        Integer.parseInt(word.group(3)));
  }
}
