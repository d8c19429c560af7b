package io.tracegram.deploy.probe;

import io.tracegram.deploy.probe.Fit.Closeness;
import io.tracegram.runtime.profile.ByteOrder;
import io.tracegram.runtime.profile.Decoded;
import io.tracegram.runtime.profile.RegisterDecoder;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import io.tracegram.runtime.profile.ValueType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds how registers must be read so that one of them gives the number on the display: every
 * address, type, byte order and power of ten is tried, by the decoder that the agent uses. Pure.
 */
final class DisplaySearch {
  private static final int LARGEST_POWER = 6;

  /** So many last digits may the display have gone on since it was looked at. */
  private static final BigDecimal COUNTED_ON = BigDecimal.TEN;

  /** A register that holds less than so many counts says too little to be taken for the display. */
  private static final BigDecimal LEAST_COUNTS = BigDecimal.valueOf(1_000);

  private final DisplayNumber display;
  private final RegisterDefinition expected;

  /**
   * @param expected what the profile says of the register
   */
  DisplaySearch(DisplayNumber display, RegisterDefinition expected) {
    this.display = display;
    this.expected = expected;
  }

  /**
   * Returns the ways that fit, the best first: the closest to the display, and of those the ones
   * that differ least from the profile.
   */
  List<Fit> search(RegisterImage image) {
    List<Fit> fits = new ArrayList<>();
    for (int address : image.addresses()) {
      for (ValueType type : ValueType.values()) {
        if (type == ValueType.STRING) {
          continue;
        }
        image
            .bytes(address, type.words())
            .ifPresent(bytes -> fits.addAll(at(image, address, type, bytes)));
      }
    }
    fits.sort(
        Comparator.comparing(Fit::closeness)
            .thenComparing(fit -> fit.differences().size())
            .thenComparing(fit -> Math.abs(fit.register().address() - expected.address()))
            .thenComparing(fit -> fit.register().address())
            .thenComparing(fit -> fit.register().type())
            .thenComparing(fit -> fit.register().byteOrder()));
    return fits;
  }

  private List<Fit> at(RegisterImage image, int address, ValueType type, byte[] bytes) {
    if (isTwinOfAnother(type)) {
      return List.of();
    }
    List<Fit> fits = new ArrayList<>();
    for (ByteOrder order : ByteOrder.values()) {
      if (type.words() == 1 && order != ByteOrder.ABCD && order != ByteOrder.BADC) {
        continue;
      }
      Place place = new Place(image, address, type, order);
      value(place.register(expected, 0, display.unit()), bytes)
          .flatMap(unscaled -> power(unscaled.value()))
          .flatMap(power -> fit(place, power, bytes))
          .ifPresent(fits::add);
    }
    return fits;
  }

  /** A positive number reads alike with and without sign: the profile's is taken, else without. */
  private boolean isTwinOfAnother(ValueType type) {
    boolean signed =
        switch (expected.type()) {
          case I16, I32, I64 -> true;
          case U16, U32, U64, F32, F64, STRING -> false;
        };
    return switch (type) {
      case I16, I32, I64 -> !signed;
      case U16, U32, U64 -> signed;
      case F32, F64, STRING -> false;
    };
  }

  private record Place(RegisterImage image, int address, ValueType type, ByteOrder order) {
    RegisterDefinition register(RegisterDefinition like, int power, Unit unit) {
      return new RegisterDefinition(
          like.quantity(),
          image.table(),
          address,
          type.words(),
          type,
          order,
          BigDecimal.ONE.scaleByPowerOfTen(power),
          unit,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /**
   * @param resolution step to the next value, like the value in the display's unit
   */
  private record Read(BigDecimal value, BigDecimal resolution) {}

  private Optional<Read> value(RegisterDefinition register, byte[] bytes) {
    return RegisterDecoder.decode(register, bytes) instanceof Decoded.Value(long base, long step)
            && base > 0
        ? Optional.of(new Read(inUnit(base), inUnit(step)))
        : Optional.empty();
  }

  private BigDecimal inUnit(long baseUnits) {
    return BigDecimal.valueOf(baseUnits).divide(display.unit().baseUnits(), MathContext.DECIMAL64);
  }

  /** Returns the power of ten by which a value becomes about as large as the display's. */
  private Optional<Integer> power(BigDecimal unscaled) {
    double ratio = display.value().doubleValue() / unscaled.doubleValue();
    int power = (int) Math.round(Math.log10(ratio));
    return Math.abs(power) <= LARGEST_POWER && Math.abs(ratio / Math.pow(10, power) - 1) < 0.02
        ? Optional.of(power)
        : Optional.empty();
  }

  private Optional<Fit> fit(Place place, int power, byte[] bytes) {
    RegisterDefinition register =
        power == -3 && smaller(display.unit()).isPresent()
            ? place.register(expected, 0, smaller(display.unit()).get())
            : place.register(expected, power, display.unit());
    return value(register, bytes)
        .flatMap(
            read ->
                closeness(read)
                    .map(close -> new Fit(register, read.value(), close, differences(register))));
  }

  private static Optional<Unit> smaller(Unit unit) {
    return switch (unit) {
      case KILOWATT_HOUR -> Optional.of(Unit.WATT_HOUR);
      case KILOWATT -> Optional.of(Unit.WATT);
      case WATT_HOUR, WATT, CUBIC_METRE, NONE -> Optional.empty();
    };
  }

  private Optional<Closeness> closeness(Read read) {
    BigDecimal step = display.step();
    BigDecimal more = read.value().subtract(display.value());
    if (read.resolution().compareTo(step) > 0) {
      boolean says = read.resolution().multiply(LEAST_COUNTS).compareTo(read.value()) <= 0;
      return says && more.abs().compareTo(read.resolution()) <= 0
          ? Optional.of(Closeness.COARSE)
          : Optional.empty();
    }
    // a display cuts off or rounds
    BigDecimal less = step.divide(BigDecimal.TWO).add(read.resolution());
    if (more.negate().compareTo(less) > 0) {
      return Optional.empty();
    }
    if (more.compareTo(step) < 0) {
      return Optional.of(Closeness.EXACT);
    }
    return more.compareTo(step.multiply(COUNTED_ON)) <= 0
        ? Optional.of(Closeness.COUNTED_ON)
        : Optional.empty();
  }

  private List<String> differences(RegisterDefinition found) {
    List<String> differences = new ArrayList<>();
    if (found.table() != expected.table()) {
      differences.add("another table");
    }
    int off = found.address() - expected.address();
    if (off != 0) {
      differences.add(
          switch (off) {
            case 1 -> "address +1: the document counts from 0 where the profile counts from 1";
            case -1 -> "address -1: the document counts from 1 where the profile counts from 0";
            default -> "address %+d".formatted(off);
          });
    }
    if (found.type() != expected.type()) {
      differences.add("type " + name(found.type()) + " instead of " + name(expected.type()));
    }
    if (found.words() != expected.words()) {
      differences.add(found.words() + " registers instead of " + expected.words());
    }
    if (found.byteOrder() != expected.byteOrder()) {
      differences.add("byte order " + found.byteOrder() + " instead of " + expected.byteOrder());
    }
    if (worth(found).compareTo(worth(expected)) != 0) {
      differences.add("a count is worth " + count(found) + " instead of " + count(expected));
    }
    return differences;
  }

  private static BigDecimal worth(RegisterDefinition register) {
    return register.scale().multiply(register.unit().baseUnits());
  }

  private static String count(RegisterDefinition register) {
    return register.scale().stripTrailingZeros().toPlainString() + " " + register.unit().symbol();
  }

  private static String name(ValueType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
