package io.tracegram.deploy.probe;

import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The number that a person reads on a meter's display. Immutable.
 *
 * @param value above 0, with as many decimals as the display shows
 * @param unit kWh, kW or m3
 */
public record DisplayNumber(BigDecimal value, Unit unit) {
  /** Fewer digits are met by chance. */
  private static final int FEW_DIGITS = 4;

  /** What a display may say, as the unit in which it is compared and powers of ten of it. */
  private record Written(Unit unit, int powerOfTen) {}

  private static final Map<String, Written> UNITS =
      Map.of(
          "Wh", new Written(Unit.KILOWATT_HOUR, -3),
          "kWh", new Written(Unit.KILOWATT_HOUR, 0),
          "MWh", new Written(Unit.KILOWATT_HOUR, 3),
          "W", new Written(Unit.KILOWATT, -3),
          "kW", new Written(Unit.KILOWATT, 0),
          "MW", new Written(Unit.KILOWATT, 3),
          "m3", new Written(Unit.CUBIC_METRE, 0));

  public DisplayNumber {
    if (value.signum() <= 0) {
      throw new IllegalArgumentException(
          "a display that shows "
              + value.toPlainString()
              + " fits every register that holds 0: wait until the meter has counted");
    }
  }

  /**
   * Reads what a person typed.
   *
   * @throws IllegalArgumentException saying what is expected
   */
  public static DisplayNumber parse(String number, String unit) {
    Written written = UNITS.get(unit);
    if (written == null) {
      throw new IllegalArgumentException(
          "there is no unit '" + unit + "'; known: Wh, kWh, MWh, W, kW, MW, m3");
    }
    if (!number.matches("\\d{1,15}(\\.\\d{1,9})?")) {
      throw new IllegalArgumentException(
          "the display's number is digits with a decimal point, such as 12345.6, not '"
              + number
              + "'");
    }
    return new DisplayNumber(
        new BigDecimal(number).scaleByPowerOfTen(written.powerOfTen()), written.unit());
  }

  /** Returns what the last digit is worth. */
  BigDecimal step() {
    return value.ulp();
  }

  boolean hasFewDigits() {
    return value.unscaledValue().toString().length() < FEW_DIGITS;
  }

  @Override
  public String toString() {
    return value.toPlainString() + " " + unit.symbol();
  }
}
