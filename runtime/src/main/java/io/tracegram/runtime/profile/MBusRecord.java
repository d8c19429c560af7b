package io.tracegram.runtime.profile;

import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * One quantity of an M-Bus meter: which data record of its telegrams holds it (EN 13757-3). The
 * record itself says by its VIF in which power of ten of the unit it counts. Immutable.
 *
 * @param unit what the record must count in; decides between energy, volume and power
 * @param storage number, 0 for now
 * @param tariff number, 0 for the sum
 * @param subunit number, 0 for the meter itself
 * @param extensions the VIFEs it must have, hexadecimal in the order sent; empty for none
 * @param maximum in {@code unit}, inclusive: more is refused
 */
public record MBusRecord(
    Quantity quantity,
    Unit unit,
    Function function,
    long storage,
    int tariff,
    int subunit,
    String extensions,
    Optional<BigDecimal> maximum) {
  /** What a value is over the time it is of. */
  public enum Function {
    INSTANTANEOUS,
    MAXIMUM,
    MINIMUM
  }

  public MBusRecord {
    if (!unit.measures(quantity) || storage < 0 || tariff < 0 || subunit < 0) {
      throw new IllegalArgumentException("record " + quantity.id() + " contradicts itself");
    }
  }
}
