package io.tracegram.cloud.inventory;

import io.tracegram.ledger.plant.FacilityLocation;

/** Distances on a round earth, the same on every machine. Stateless. */
final class GreatCircle {
  /** Mean radius of the earth (IUGG), m. */
  private static final double RADIUS = 6_371_008.8;

  private GreatCircle() {}

  /** Returns the shortest way, in whole metres. */
  static long metres(FacilityLocation from, FacilityLocation to) {
    double latitude = radians(to.latitude()) - radians(from.latitude());
    double longitude = radians(to.longitude()) - radians(from.longitude());
    double a = StrictMath.sin(latitude / 2);
    double b = StrictMath.sin(longitude / 2);
    double haversine =
        a * a
            + StrictMath.cos(radians(from.latitude()))
                * StrictMath.cos(radians(to.latitude()))
                * b
                * b;
    return StrictMath.round(2 * RADIUS * StrictMath.asin(StrictMath.sqrt(Math.min(1, haversine))));
  }

  private static double radians(int units) {
    return StrictMath.toRadians((double) units / FacilityLocation.DEGREE);
  }
}
