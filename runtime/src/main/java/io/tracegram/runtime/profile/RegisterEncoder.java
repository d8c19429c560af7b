package io.tracegram.runtime.profile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts a value into a register as the meter itself would: for simulators. Pure, stateless. */
public final class RegisterEncoder {
  private RegisterEncoder() {}

  /**
   * Encodes a value as the meter shows it: an integer register cuts off what is less than a count,
   * a float register holds the nearest float.
   *
   * @param baseUnits mWh or mW
   * @return the words as sent
   * @throws IllegalArgumentException if the register cannot hold the value
   */
  public static byte[] encode(RegisterDefinition register, long baseUnits) {
    BigDecimal value = BigDecimal.valueOf(baseUnits);
    BigDecimal perCount = register.baseUnitsPerCount();
    byte[] ordered =
        switch (register.type()) {
          case U16, U32, U64 -> integer(register, floor(value, perCount), false);
          case I16, I32, I64 -> integer(register, floor(value, perCount), true);
          case F32 ->
              ByteBuffer.allocate(4)
                  .putFloat(value.divide(perCount, MathContext.DECIMAL128).floatValue())
                  .array();
          case F64 ->
              ByteBuffer.allocate(8)
                  .putDouble(value.divide(perCount, MathContext.DECIMAL128).doubleValue())
                  .array();
          case STRING -> throw new IllegalArgumentException("a text register holds no number");
        };
    return register.byteOrder().reorder(ordered);
  }

  /**
   * Encodes an identity.
   *
   * @throws IllegalArgumentException if the register cannot hold it
   */
  public static byte[] encode(RegisterDefinition register, String identity) {
    byte[] ordered =
        register.type() == ValueType.STRING
            ? text(register, identity)
            : integer(register, new BigInteger(identity), false);
    return register.byteOrder().reorder(ordered);
  }

  private static BigInteger floor(BigDecimal value, BigDecimal perCount) {
    return value.divide(perCount, 0, RoundingMode.FLOOR).toBigIntegerExact();
  }

  private static byte[] integer(RegisterDefinition register, BigInteger value, boolean signed) {
    int bits = 8 * register.byteCount();
    if (signed ? value.bitLength() >= bits : value.signum() < 0 || value.bitLength() > bits) {
      throw new IllegalArgumentException(
          value + " does not fit into " + register.quantity().id() + " of type " + register.type());
    }
    byte[] encoded = new byte[register.byteCount()];
    BigInteger rest = value;
    for (int i = encoded.length - 1; i >= 0; i--) {
      encoded[i] = rest.byteValue();
      rest = rest.shiftRight(8);
    }
    return encoded;
  }

  private static byte[] text(RegisterDefinition register, String identity) {
    byte[] ascii = identity.getBytes(StandardCharsets.US_ASCII);
    if (ascii.length > register.byteCount()) {
      throw new IllegalArgumentException("'" + identity + "' is too long for its register");
    }
    return ByteBuffer.allocate(register.byteCount()).put(ascii).array();
  }
}
