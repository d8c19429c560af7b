package io.tracegram.runtime.profile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * An exact number that a telegram tells, before it becomes a value in base units.
 *
 * @param exact in base units
 * @param step in base units, between this value and the next that can be told; &gt; 0
 * @param most in base units, inclusive
 */
record ExactValue(Quantity quantity, BigDecimal exact, BigDecimal step, Optional<BigDecimal> most) {
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** Rounds once, half to even; refuses what is out of range, and a counter below zero. */
  Decoded decode() {
    boolean negative = exact.signum() < 0 && quantity.kind() == Quantity.Kind.CUMULATIVE;
    if (negative
        || exact.compareTo(most.orElse(LARGEST)) > 0
        || exact.abs().compareTo(LARGEST) > 0) {
      return new Decoded.Refused(
          "out-of-range", quantity.id() + " is outside what the profile allows");
    }
    return new Decoded.Value(
        exact.setScale(0, RoundingMode.HALF_EVEN).longValueExact(),
        step.max(BigDecimal.ONE).setScale(0, RoundingMode.CEILING).min(LARGEST).longValueExact());
  }
}
