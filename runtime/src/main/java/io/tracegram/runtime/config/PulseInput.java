package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * The pulse output of a meter (S0, IEC 62053-31) on a pin of this machine. Immutable.
 *
 * @param pin GPIO number of the line, range [0, 63]
 * @param perUnit pulses of one {@code unit}, &gt; 0
 * @param unit kWh or m3
 * @param debounceMicros a level that holds no longer is none, range [0, 1000000]
 * @param maxPerSecond more pulses cannot come, &gt; 0
 * @param start in {@code unit}: what the meter's display said when counting began, ≥ 0
 */
public record PulseInput(
    int pin,
    BigDecimal perUnit,
    Unit unit,
    int debounceMicros,
    BigDecimal maxPerSecond,
    BigDecimal start) {
  private static final BigDecimal BASE_UNITS = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  public PulseInput {
    if (pin < 0 || perUnit.signum() <= 0 || maxPerSecond.signum() <= 0 || start.signum() < 0) {
      throw new IllegalArgumentException("pulses at pin " + pin + " contradict themselves");
    }
  }

  /**
   * Returns the register after so many pulses since {@code start}, in mWh or millionths of a m3,
   * rounded down.
   *
   * @throws ArithmeticException if it is larger than a register
   */
  public long register(long pulses) {
    return start
        .multiply(BASE_UNITS)
        .add(BigDecimal.valueOf(pulses).multiply(BASE_UNITS).divide(perUnit, 0, RoundingMode.FLOOR))
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }

  /** Returns what one pulse is worth, in the register's base units, rounded up. */
  public long resolution() {
    return BASE_UNITS.divide(perUnit, 0, RoundingMode.CEILING).longValueExact();
  }

  /** Returns the shortest time from one pulse to the next. */
  public Duration shortestPeriod() {
    return Duration.ofNanos(NANOS.divide(maxPerSecond, 0, RoundingMode.FLOOR).longValueExact());
  }
}
