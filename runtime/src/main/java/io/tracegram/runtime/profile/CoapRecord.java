package io.tracegram.runtime.profile;

import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * One quantity of a meter that sends SenML: which record holds it, and what its number means.
 * Immutable.
 *
 * @param name of the record, all of it or what follows its last {@code /}, {@code :} or {@code _}
 *     before that
 * @param unit in which {@code scale}, {@code resolution} and {@code maximum} count
 * @param states the unit that the record must state, empty if it must state none
 * @param scale what 1 in the record is worth in {@code unit}; &gt; 0
 * @param resolution in {@code unit}: the step in which the meter counts; &gt; 0
 * @param maximum in {@code unit}, inclusive: more is refused
 */
public record CoapRecord(
    Quantity quantity,
    String name,
    Unit unit,
    String states,
    BigDecimal scale,
    BigDecimal resolution,
    Optional<BigDecimal> maximum) {
  public CoapRecord {
    if (!unit.measures(quantity)
        || name.isEmpty()
        || scale.signum() <= 0
        || resolution.signum() <= 0) {
      throw new IllegalArgumentException("record " + quantity.id() + " contradicts itself");
    }
  }

  /** Says whether a record of this name is meant. */
  boolean isNamed(String resolved) {
    if (!resolved.endsWith(name)) {
      return false;
    }
    int before = resolved.length() - name.length() - 1;
    return before < 0 || "/:_".indexOf(resolved.charAt(before)) >= 0;
  }
}
