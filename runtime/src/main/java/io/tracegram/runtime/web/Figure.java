package io.tracegram.runtime.web;

import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Decimals;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A quantity as a page shows it: the exact decimal, the same rounded for reading, and its unit.
 * Immutable.
 *
 * @param exact canonical decimal in {@code unit}, empty if it is not known
 * @param shown rounded half-even, digits grouped by narrow spaces; {@code <0.01} for what is not
 *     zero but would round to it
 */
public record Figure(String exact, String shown, String unit) {
  private static final char NARROW_SPACE = '\u202F';
  private static final char MINUS = '\u2212';

  /**
   * Rounds an exact value for reading.
   *
   * @param decimals digits after the point, ≥ 0
   */
  public static Figure of(BigDecimal exact, int decimals, String unit) {
    BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_EVEN);
    String shown =
        rounded.signum() == 0 && exact.signum() != 0
            ? "<" + BigDecimal.ONE.movePointLeft(decimals).toPlainString()
            : grouped(rounded);
    return new Figure(Decimals.canonical(exact), shown, unit);
  }

  /** Shows that a quantity is not known, which is not zero. */
  public static Figure unknown(String unit) {
    return new Figure("", "—", unit);
  }

  public static Figure kilowattHours(Energy energy, int decimals) {
    return of(BigDecimal.valueOf(energy.milliwattHours(), 6), decimals, "kWh");
  }

  public static Figure kilograms(Mass mass, int decimals) {
    return of(BigDecimal.valueOf(mass.milligrams(), 6), decimals, "kg");
  }

  public static Figure kilogramsCo2e(Co2e co2e, int decimals) {
    return of(BigDecimal.valueOf(co2e.micrograms(), 9), decimals, "kg CO₂e");
  }

  /** Shows a power in kW. */
  public static Figure kilowatts(long milliwatts, int decimals) {
    return of(BigDecimal.valueOf(milliwatts, 6), decimals, "kW");
  }

  /** Writes a count with its digits grouped. */
  public static String count(long count) {
    return grouped(BigDecimal.valueOf(count));
  }

  private static String grouped(BigDecimal value) {
    String digits = value.abs().toPlainString();
    int point = digits.indexOf('.');
    StringBuilder shown = new StringBuilder(digits);
    for (int i = (point < 0 ? digits.length() : point) - 3; i > 0; i -= 3) {
      shown.insert(i, NARROW_SPACE);
    }
    if (value.signum() < 0) {
      shown.insert(0, MINUS);
    }
    return shown.toString();
  }
}
