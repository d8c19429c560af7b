package io.tracegram.runtime.profile;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One quantity of a meter: where it is and what its bits mean. Immutable.
 *
 * @param table which function reads it
 * @param address of its first register as sent, range [0, 0xFFFF]
 * @param words number of 16-bit registers, range [1, 125]
 * @param scale what one count of an integer, or 1.0 of a float, is worth in {@code unit}; &gt; 0
 * @param notAvailable raw values, hexadecimal in the order sent, by which the meter says "no value"
 * @param modulus in {@code unit}: the counter falls to 0 there
 * @param minimum in {@code unit}, inclusive: less is refused
 * @param maximum in {@code unit}, inclusive: more is refused
 * @param resolution in {@code unit}, where the meter counts in steps coarser than the register's
 */
public record RegisterDefinition(
    Quantity quantity,
    Table table,
    int address,
    int words,
    ValueType type,
    ByteOrder byteOrder,
    BigDecimal scale,
    Unit unit,
    List<String> notAvailable,
    Optional<BigDecimal> modulus,
    Optional<BigDecimal> minimum,
    Optional<BigDecimal> maximum,
    Optional<BigDecimal> resolution) {
  /** The Modbus table, which decides the function code. */
  public enum Table {
    /** Read Holding Registers. */
    HOLDING(0x03),
    /** Read Input Registers. */
    INPUT(0x04);

    private final int functionCode;

    Table(int functionCode) {
      this.functionCode = functionCode;
    }

    public int functionCode() {
      return functionCode;
    }
  }

  /** The unit of a register's value, with its worth in base units (mWh, mW, millionths of a m3). */
  public enum Unit {
    KILOWATT_HOUR("kWh", 1_000_000),
    WATT_HOUR("Wh", 1_000),
    KILOWATT("kW", 1_000_000),
    WATT("W", 1_000),
    /** Of gas: its base unit is a millionth of it. */
    CUBIC_METRE("m3", 1_000_000),
    /** Of an identity. */
    NONE("", 1);

    private final String symbol;
    private final BigDecimal baseUnits;

    Unit(String symbol, long baseUnits) {
      this.symbol = symbol;
      this.baseUnits = BigDecimal.valueOf(baseUnits);
    }

    public String symbol() {
      return symbol;
    }

    /** Returns how many base units one of it is. */
    public BigDecimal baseUnits() {
      return baseUnits;
    }

    /** Says whether a quantity can be given in this unit. */
    public boolean measures(Quantity quantity) {
      return switch (quantity.kind()) {
        case CUMULATIVE -> this == KILOWATT_HOUR || this == WATT_HOUR || this == CUBIC_METRE;
        case INSTANTANEOUS -> this == KILOWATT || this == WATT;
        case IDENTITY -> this == NONE;
      };
    }
  }

  public RegisterDefinition {
    notAvailable = List.copyOf(notAvailable);
    if (address < 0
        || words < 1
        || address + words > 0x1_0000
        || (type != ValueType.STRING && words != type.words())
        || scale.signum() <= 0
        || !unit.measures(quantity)) {
      throw new IllegalArgumentException("register " + quantity.id() + " contradicts itself");
    }
  }

  /** Returns what one count of an integer, or 1.0 of a float, is worth in mWh or mW. */
  BigDecimal baseUnitsPerCount() {
    return scale.multiply(unit.baseUnits());
  }

  int byteCount() {
    return 2 * words;
  }
}
