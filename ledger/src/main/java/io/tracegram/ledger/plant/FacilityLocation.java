package io.tracegram.ledger.plant;

/**
 * Where a facility stands (WGS 84); immutable.
 *
 * @param latitude 1e-7 degrees, north positive, ±90 degrees
 * @param longitude 1e-7 degrees, east positive, ±180 degrees
 */
public record FacilityLocation(int latitude, int longitude) {
  /** Units of a degree. */
  public static final int DEGREE = 10_000_000;

  static final int MOST_LATITUDE = 90 * DEGREE;
  static final int MOST_LONGITUDE = 180 * DEGREE;

  public FacilityLocation {
    if (Math.abs((long) latitude) > MOST_LATITUDE || Math.abs((long) longitude) > MOST_LONGITUDE) {
      throw new IllegalArgumentException(
          "no place on earth: " + latitude + ", " + longitude + " × 1e-7 degrees");
    }
  }
}
