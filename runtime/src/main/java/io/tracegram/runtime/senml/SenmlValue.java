package io.tracegram.runtime.senml;

import java.math.BigDecimal;

/** A value of a record. Immutable. */
public sealed interface SenmlValue {
  /**
   * A number.
   *
   * @param exact the value as it stands
   * @param step between this value and the next that its bits can hold; 0 where it was written as a
   *     decimal, which says nothing of that
   */
  record Numeric(BigDecimal exact, BigDecimal step) implements SenmlValue {
    static final Numeric ZERO = new Numeric(BigDecimal.ZERO, BigDecimal.ZERO);

    Numeric plus(Numeric base) {
      return new Numeric(exact.add(base.exact), step.max(base.step));
    }
  }

  /** A text, of any characters. */
  record Text(String text) implements SenmlValue {}

  record Flag(boolean set) implements SenmlValue {}

  /** Bytes, in base64url without padding. */
  record Data(String base64url) implements SenmlValue {}
}
