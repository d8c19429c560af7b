package io.tracegram.runtime.config;

import io.tracegram.ledger.plant.FacilityLocation;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The shortest way over the globe between two places. Stateless. */
public final class GreatCircle {
  /** The Earth's mean radius R₁ by the IUGG, m. */
  private static final double RADIUS = 6_371_008.8;

  private GreatCircle() {}

  /**
   * A place.
   *
   * @param latitude degrees north, −90 to 90
   * @param longitude degrees east, −180 to 180
   */
  record Place(BigDecimal latitude, BigDecimal longitude) {
    static Place of(FacilityLocation location) {
      return new Place(degrees(location.latitude()), degrees(location.longitude()));
    }

    private static BigDecimal degrees(int units) {
      return BigDecimal.valueOf(units, 7);
    }
  }

  /** Returns the distance between two facilities, in whole metres. */
  public static long metres(FacilityLocation from, FacilityLocation to) {
    return metres(Place.of(from), Place.of(to));
  }

  /** Returns the distance by the haversine formula, the same on every machine, in whole metres. */
  static long metres(Place from, Place to) {
    double a = StrictMath.toRadians(from.latitude.doubleValue());
    double b = StrictMath.toRadians(to.latitude.doubleValue());
    double north = StrictMath.sin((b - a) / 2);
    double east =
        StrictMath.sin(
            StrictMath.toRadians(to.longitude.doubleValue() - from.longitude.doubleValue()) / 2);
    double haversine = north * north + StrictMath.cos(a) * StrictMath.cos(b) * east * east;
    return StrictMath.round(
        2 * RADIUS * StrictMath.asin(StrictMath.sqrt(StrictMath.min(1, haversine))));
  }

  /** Returns a distance times a factor in thousandths, rounded half-even to whole metres. */
  static long metres(Place from, Place to, int detourThousandths) {
    return BigDecimal.valueOf(metres(from, to))
        .multiply(BigDecimal.valueOf(detourThousandths, 3))
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }
}
