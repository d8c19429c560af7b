package io.tracegram.runtime.profile;

/** What the bytes of a register say. Immutable. */
public sealed interface Decoded {
  /**
   * A value.
   *
   * @param baseUnits mWh or mW, or millionths of a m3
   * @param resolution the step that the register can show at this value, in the same unit, ≥ 1
   */
  record Value(long baseUnits, long resolution) implements Decoded {}

  /** An identity, such as a serial number; printable ASCII, not empty. */
  record Identity(String text) implements Decoded {}

  /** The device itself says that it has no value. */
  record NotAvailable() implements Decoded {}

  /**
   * Not a value that can be accounted.
   *
   * @param code stable: {@code length}, {@code not-a-number}, {@code out-of-range}, {@code
   *     not-text}, {@code ambiguous}, {@code wrong-unit}, {@code old-value}, {@code scale-factor}
   * @param reason for a person
   */
  record Refused(String code, String reason) implements Decoded {}
}
