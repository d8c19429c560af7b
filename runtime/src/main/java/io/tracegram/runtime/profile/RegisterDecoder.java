package io.tracegram.runtime.profile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Gives the bytes of a register their meaning. Pure, stateless. */
public final class RegisterDecoder {
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal SMALLEST = BigDecimal.valueOf(Long.MIN_VALUE);

  private RegisterDecoder() {}

  /**
   * Decodes one register; never throws on hostile bytes.
   *
   * @param bytes the register's words as the meter sent them, {@code 2 * words} bytes
   */
  public static Decoded decode(RegisterDefinition register, byte[] bytes) {
    if (bytes.length != register.byteCount()) {
      return new Decoded.Refused(
          "length",
          register.quantity().id()
              + " has "
              + register.byteCount()
              + " bytes, the reply holds "
              + bytes.length);
    }
    String sent = HexFormat.of().withUpperCase().formatHex(bytes);
    if (register.notAvailable().contains(sent)) {
      return new Decoded.NotAvailable();
    }
    byte[] ordered = register.byteOrder().reorder(bytes);
    ByteBuffer bits = ByteBuffer.wrap(ordered);
    return switch (register.type()) {
      case U16, U32, U64 -> integer(register, new BigInteger(1, ordered));
      case I16, I32, I64 -> integer(register, new BigInteger(ordered));
      case F32 -> {
        float value = bits.getFloat();
        yield Float.isFinite(value)
            ? number(register, new BigDecimal(value), new BigDecimal(Math.ulp(value)))
            : notANumber(register, Float.toString(value));
      }
      case F64 -> {
        double value = bits.getDouble();
        yield Double.isFinite(value)
            ? number(register, new BigDecimal(value), new BigDecimal(Math.ulp(value)))
            : notANumber(register, Double.toString(value));
      }
      case STRING -> text(register, new String(ordered, StandardCharsets.ISO_8859_1));
    };
  }

  private static Decoded integer(RegisterDefinition register, BigInteger value) {
    return register.quantity().kind() == Quantity.Kind.IDENTITY
        ? new Decoded.Identity(value.toString())
        : number(register, new BigDecimal(value), BigDecimal.ONE);
  }

  /**
   * @param counts the exact value before scaling
   * @param step between this value and the next that the bits can hold
   */
  private static Decoded number(RegisterDefinition register, BigDecimal counts, BigDecimal step) {
    BigDecimal inUnit = counts.multiply(register.scale());
    if (isBelow(inUnit, register.minimum()) || isAbove(inUnit, register.maximum())) {
      return outOfRange(register, inUnit);
    }
    BigDecimal exact = counts.multiply(register.baseUnitsPerCount());
    BigDecimal rounded = exact.setScale(0, RoundingMode.HALF_EVEN);
    if (rounded.compareTo(LARGEST) > 0 || rounded.compareTo(SMALLEST) < 0) {
      return outOfRange(register, inUnit);
    }
    BigDecimal declared =
        register.resolution().orElse(BigDecimal.ZERO).multiply(register.unit().baseUnits());
    BigDecimal resolution =
        step.multiply(register.baseUnitsPerCount())
            .max(declared)
            .max(BigDecimal.ONE)
            .setScale(0, RoundingMode.CEILING);
    return new Decoded.Value(rounded.longValueExact(), resolution.min(LARGEST).longValueExact());
  }

  private static Decoded text(RegisterDefinition register, String padded) {
    String text = padded.replaceAll("[\\x00 ]+$", "").strip();
    if (text.isEmpty()) {
      return new Decoded.NotAvailable();
    }
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F)
        ? new Decoded.Identity(text)
        : new Decoded.Refused("not-text", register.quantity().id() + " is not printable ASCII");
  }

  private static boolean isBelow(BigDecimal value, Optional<BigDecimal> minimum) {
    return minimum.isPresent() && value.compareTo(minimum.get()) < 0;
  }

  private static boolean isAbove(BigDecimal value, Optional<BigDecimal> maximum) {
    return maximum.isPresent() && value.compareTo(maximum.get()) > 0;
  }

  private static Decoded notANumber(RegisterDefinition register, String value) {
    return new Decoded.Refused("not-a-number", register.quantity().id() + " is " + value);
  }

  private static Decoded outOfRange(RegisterDefinition register, BigDecimal value) {
    // a f64 can have 300 digits: people need its size, not all of them
    return new Decoded.Refused(
        "out-of-range",
        String.format(
            Locale.ROOT,
            "%s is %.6g %s, outside what the profile allows; check byte order and address",
            register.quantity().id(),
            value,
            register.unit().symbol()));
  }
}
