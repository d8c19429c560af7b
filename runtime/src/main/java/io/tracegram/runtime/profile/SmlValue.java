package io.tracegram.runtime.profile;

import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * One quantity of an SML meter: which entry of its telegrams holds it. The entry itself says by its
 * scaler in which power of ten of the unit it counts. Immutable.
 *
 * @param unit what the entry must count in; decides between energy, volume and power
 * @param maximum in {@code unit}, inclusive: more is refused
 * @param resolution in {@code unit}, where the meter counts in steps coarser than its scaler's
 */
public record SmlValue(
    Quantity quantity,
    ObisCode obis,
    Unit unit,
    Optional<BigDecimal> maximum,
    Optional<BigDecimal> resolution) {
  public SmlValue {
    if (!unit.measures(quantity)) {
      throw new IllegalArgumentException("value " + quantity.id() + " contradicts itself");
    }
  }
}
