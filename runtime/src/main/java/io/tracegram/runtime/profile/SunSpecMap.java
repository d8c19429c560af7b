package io.tracegram.runtime.profile;

import io.tracegram.runtime.profile.RegisterDefinition.Table;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a SunSpec meter has its values. Immutable.
 *
 * @param model 201 to 204, integers with scale factors, or 211 to 214, floats
 * @param address of the model's first register, which holds its number
 * @param common address of the common model before it, which holds the serial number
 */
public record SunSpecMap(int model, int address, int common) {
  private static final int INTEGER_LENGTH = 105;
  private static final int FLOAT_LENGTH = 124;
  private static final int HEADER_WORDS = 2;
  private static final int SERIAL_OFFSET = 50;
  private static final int SERIAL_WORDS = 16;
  private static final int LARGEST_FACTOR = 10;
  private static final List<String> NAN = List.of("7FC00000", "FFC00000");

  /** An acc32 of 0 is "not accumulated". */
  private static final List<String> NOT_ACCUMULATED = List.of("00000000");

  private static final List<Point> INTEGERS =
      List.of(
          new Point(Quantity.POWER, 18, ValueType.I16, OptionalInt.of(22), List.of("8000")),
          new Point(Quantity.ENERGY_EXPORT, 38, ValueType.U32, OptionalInt.of(54), NOT_ACCUMULATED),
          new Point(
              Quantity.ENERGY_IMPORT, 46, ValueType.U32, OptionalInt.of(54), NOT_ACCUMULATED));
  private static final List<Point> FLOATS =
      List.of(
          new Point(Quantity.POWER, 28, ValueType.F32, OptionalInt.empty(), NAN),
          new Point(Quantity.ENERGY_EXPORT, 60, ValueType.F32, OptionalInt.empty(), NAN),
          new Point(Quantity.ENERGY_IMPORT, 68, ValueType.F32, OptionalInt.empty(), NAN));

  /**
   * A value of a model.
   *
   * @param offset in registers from the model's first
   * @param factor offset of its scale factor
   */
  private record Point(
      Quantity quantity,
      int offset,
      ValueType type,
      OptionalInt factor,
      List<String> notAvailable) {}

  public SunSpecMap {
    if (lengthOf(model).isEmpty()
        || address < 0
        || common < 0
        || address + HEADER_WORDS + lengthOf(model).getAsInt() > 0x1_0000) {
      throw new IllegalArgumentException("no place of a SunSpec meter model: " + model);
    }
  }

  /** Returns how many registers follow the header of a meter model, empty for other models. */
  static OptionalInt lengthOf(int model) {
    return switch (model) {
      case 201, 202, 203, 204 -> OptionalInt.of(INTEGER_LENGTH);
      case 211, 212, 213, 214 -> OptionalInt.of(FLOAT_LENGTH);
      default -> OptionalInt.empty();
    };
  }

  /** Returns the serial number's register. */
  public RegisterDefinition serial() {
    return raw(common + SERIAL_OFFSET, SERIAL_WORDS);
  }

  /** Returns what one request reads, so that values and their scale factors are of one moment. */
  public RegisterDefinition span() {
    return raw(
        address,
        points().stream()
            .mapToInt(point -> Math.max(point.offset() + 2, point.factor().orElse(0) + 1))
            .max()
            .orElseThrow());
  }

  /**
   * Says whether the model is still where it was found.
   *
   * @param span bytes of {@link #span}
   */
  public boolean holds(byte[] span) {
    return u16(span, 0) == model && u16(span, 1) == lengthOf(model).orElseThrow();
  }

  /**
   * Decodes all values; never throws on hostile bytes.
   *
   * @param span bytes of {@link #span}
   */
  public Map<Quantity, Decoded> decode(byte[] span) {
    Map<Quantity, Decoded> values = new LinkedHashMap<>();
    for (Point point : points()) {
      values.put(point.quantity(), decode(point, span));
    }
    return values;
  }

  private List<Point> points() {
    return lengthOf(model).orElseThrow() == INTEGER_LENGTH ? INTEGERS : FLOATS;
  }

  private Decoded decode(Point point, byte[] span) {
    int factor = point.factor().isEmpty() ? 0 : (short) u16(span, point.factor().getAsInt());
    if (factor == Short.MIN_VALUE) {
      return new Decoded.NotAvailable();
    }
    if (Math.abs(factor) > LARGEST_FACTOR) {
      return new Decoded.Refused(
          "scale-factor",
          point.quantity().id()
              + " has the scale factor "
              + factor
              + ", SunSpec allows -10 to 10; compare the meter's manual");
    }
    int from = 2 * point.offset();
    return RegisterDecoder.decode(
        register(point, BigDecimal.ONE.scaleByPowerOfTen(factor)),
        Arrays.copyOfRange(span, from, from + 2 * point.type().words()));
  }

  private RegisterDefinition register(Point point, BigDecimal scale) {
    boolean cumulative = point.quantity().kind() == Quantity.Kind.CUMULATIVE;
    return new RegisterDefinition(
        point.quantity(),
        Table.HOLDING,
        address + point.offset(),
        point.type().words(),
        point.type(),
        ByteOrder.ABCD,
        scale,
        cumulative ? Unit.WATT_HOUR : Unit.WATT,
        point.notAvailable(),
        Optional.empty(),
        cumulative ? Optional.of(BigDecimal.ZERO) : Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns registers that are text, or are looked at one by one. */
  static RegisterDefinition raw(int address, int words) {
    return new RegisterDefinition(
        Quantity.SERIAL,
        Table.HOLDING,
        address,
        words,
        ValueType.STRING,
        ByteOrder.ABCD,
        BigDecimal.ONE,
        Unit.NONE,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static int u16(byte[] bytes, int word) {
    return ByteBuffer.wrap(bytes).getShort(2 * word) & 0xFFFF;
  }
}
