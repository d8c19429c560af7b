package io.tracegram.ledger.emission;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.quality.DataQualityRating;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Appends a quality to the items of what it is of: two for an uncertainty, three for a rating, none
 * for what is not stated. Stateless.
 */
public final class FactorQualityCodec {
  private static final int UNCERTAINTY = 2;
  private static final int RATING = 3;

  private FactorQualityCodec() {}

  /** Returns how many items {@link #write} appends. */
  public static int items(FactorQuality quality) {
    return (quality.u95Percent().isPresent() ? UNCERTAINTY : 0)
        + (quality.rating().isPresent() ? RATING : 0);
  }

  public static void write(CborWriter out, FactorQuality quality) {
    quality
        .u95Percent()
        .ifPresent(
            percent ->
                out.integer(percent.unscaledValue().longValueExact()).integer(percent.scale()));
    quality
        .rating()
        .ifPresent(
            rating ->
                out.integer(rating.technological())
                    .integer(rating.temporal())
                    .integer(rating.geographical()));
  }

  /**
   * Reads the items that are left over.
   *
   * @throws MalformedException if no quality has so many
   */
  public static FactorQuality read(CborReader in, int items) {
    if (items < 0 || items == 1 || items == 4 || items > UNCERTAINTY + RATING) {
      throw new MalformedException(
          "an uncertainty has 2 items and a rating 3: " + items + " are left", in.position());
    }
    Optional<BigDecimal> u95Percent =
        items == UNCERTAINTY || items == UNCERTAINTY + RATING
            ? Optional.of(BigDecimal.valueOf(in.integer(), (int) in.integer(-18, 18)))
            : Optional.empty();
    return new FactorQuality(
        u95Percent, items >= RATING ? Optional.of(rating(in)) : Optional.empty());
  }

  private static DataQualityRating rating(CborReader in) {
    return new DataQualityRating(
        (int) in.integer(DataQualityRating.GOOD, DataQualityRating.POOR),
        (int) in.integer(DataQualityRating.GOOD, DataQualityRating.POOR),
        (int) in.integer(DataQualityRating.GOOD, DataQualityRating.POOR));
  }
}
