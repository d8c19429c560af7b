package io.tracegram.runtime.senml;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One resolved record (RFC 8428 §4.6): it stands for itself. Immutable.
 *
 * @param name globally unique, {@code [A-Za-z0-9][A-Za-z0-9:./_-]*}, at most 256 characters
 * @param unit empty if none is said
 * @param time seconds, since 1970 UTC or, below 2^28, from now
 * @param value empty where there is a sum only
 * @param sum of the values over time, in unit · seconds
 * @param updateTime seconds within which another value is to come
 */
public record SenmlRecord(
    String name,
    Optional<String> unit,
    BigDecimal time,
    Optional<SenmlValue> value,
    Optional<SenmlValue.Numeric> sum,
    Optional<BigDecimal> updateTime) {
  private static final BigDecimal LEAST_ABSOLUTE = BigDecimal.valueOf(1L << 28);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

  /** Says whether the time counts from the moment at which the pack came. */
  public boolean isRelative() {
    return time.compareTo(LEAST_ABSOLUTE) < 0;
  }

  /**
   * Returns when it was measured, in exact ms since 1970 UTC.
   *
   * @param receivedMillis when the pack came, ms since 1970 UTC
   */
  public BigDecimal atMillis(long receivedMillis) {
    BigDecimal millis = time.multiply(THOUSAND);
    return isRelative() ? millis.add(BigDecimal.valueOf(receivedMillis)) : millis;
  }
}
