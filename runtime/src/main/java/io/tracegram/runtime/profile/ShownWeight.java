package io.tracegram.runtime.profile;

import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.util.Set;

/**
 * A number with a unit, as a stable line shows it. Immutable.
 *
 * @param number decimal with a point, ASCII, may begin with a minus
 * @param unit printable ASCII
 */
record ShownWeight(String number, String unit) {
  static final Set<String> WITH_TONNES = Set.of("mg", "g", "kg", "t");

  /** Where {@code t} may be the tola. */
  static final Set<String> WITHOUT_TONNES = Set.of("mg", "g", "kg");

  /** Returns the mass to the milligram, or why it is none; nothing is rounded. */
  ScaleReply reply(Set<String> units) {
    if (!units.contains(unit)) {
      return new ScaleReply.Refused(
          "weight.unit",
          "the scale weighs in \""
              + unit
              + "\": set it to g, kg"
              + (units.contains("t") ? " or t" : "")
              + ", then scan again");
    }
    BigDecimal milligrams = new BigDecimal(number).scaleByPowerOfTen(milligramDigits());
    if (milligrams.signum() <= 0) {
      return new ScaleReply.Refused(
          "weight.not-positive",
          "the scale shows "
              + number
              + " "
              + unit
              + ": put the load on, or tare and zero the scale, then scan again");
    }
    try {
      return new ScaleReply.Weighed(new Mass(milligrams.longValueExact()));
    } catch (ArithmeticException e) {
      return new ScaleReply.Refused(
          "weight.resolution",
          "the scale shows " + number + " " + unit + ", finer than a milligram or beyond range");
    }
  }

  private int milligramDigits() {
    return switch (unit) {
      case "mg" -> 0;
      case "g" -> 3;
      case "kg" -> 6;
      default -> 9;
    };
  }
}
