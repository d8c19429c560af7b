package io.tracegram.ledger.energy;

import java.util.OptionalLong;

/**
 * What a meter and its register can do.
 *
 * <p>Together with {@link #MOST_MILLIS} and {@link #MOST_VALUE} they keep every sum of energies
 * below 2^63 mWh, so that no curve overflows whatever it is fed with.
 *
 * @param maxPowerWatts what the meter can register at most, in [1, 10^9]
 * @param tolerancePercent by how much it may exceed that, in [0, 100]
 * @param maxGapMillis readings further apart are interpolated, &gt; 0
 * @param modulus the value in mWh at which the register starts again at 0, if declared; &gt; 0
 */
public record Limits(
    long maxPowerWatts, int tolerancePercent, long maxGapMillis, OptionalLong modulus) {
  /** Times are in [0, 2^43) milliseconds since 1970, until the year 2248. */
  public static final long MOST_MILLIS = (1L << 43) - 1;

  /** Registers are in [0, 2^60] mWh, up to 1,152 TWh. */
  public static final long MOST_VALUE = 1L << 60;

  /** No register worth reading steps by more than 10 kWh; the tolerance is not the sender's. */
  static final long MOST_RESOLUTION = 10_000_000L;

  private static final long MOST_WATTS = 1_000_000_000L;

  /** Watts·percent·milliseconds in a milliwatt-hour. */
  private static final long UNITS = 360_000L;

  public Limits {
    if (maxPowerWatts < 1 || maxPowerWatts > MOST_WATTS) {
      throw new IllegalArgumentException("maximum power of " + maxPowerWatts + " W");
    }
    if (tolerancePercent < 0 || tolerancePercent > 100) {
      throw new IllegalArgumentException("tolerance of " + tolerancePercent + " %");
    }
    if (maxGapMillis < 1) {
      throw new IllegalArgumentException("longest gap of " + maxGapMillis + " ms");
    }
    if (modulus.isPresent() && (modulus.getAsLong() < 1 || modulus.getAsLong() > MOST_VALUE)) {
      throw new IllegalArgumentException("modulus of " + modulus.getAsLong() + " mWh");
    }
  }

  /** Returns the limits of a meter whose register has no declared modulus, with 10 % tolerance. */
  public static Limits of(long maxPowerWatts, long maxGapMillis) {
    return new Limits(maxPowerWatts, 10, maxGapMillis, OptionalLong.empty());
  }

  /** Returns what the meter can count in a time in [0, 2^43) at most: floor(Pmax·dt·(1 + tol)). */
  public long most(long millis) {
    return Exact.share(maxPowerWatts * (100 + tolerancePercent), millis, UNITS);
  }

  /** Says whether a register can show this value. */
  boolean shows(long value) {
    return value >= 0 && value < modulus.orElse(MOST_VALUE + 1);
  }

  static boolean isTime(long millis) {
    return millis >= 0 && millis <= MOST_MILLIS;
  }
}
