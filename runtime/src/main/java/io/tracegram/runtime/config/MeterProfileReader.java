package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.ByteOrder;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.MeterProfile.Discovery;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.RegisterDefinition.Table;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import io.tracegram.runtime.profile.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the keys of a {@code modbus-meter} profile. Single-threaded, used once. */
final class MeterProfileReader {
  private static final Map<String, Quantity> QUANTITIES = named(Quantity.values(), Quantity::id);
  private static final Map<String, Unit> UNITS =
      named(
          Stream.of(Unit.values()).filter(unit -> unit != Unit.NONE).toArray(Unit[]::new),
          Unit::symbol);
  private static final Map<String, ByteOrder> BYTE_ORDERS =
      named(ByteOrder.values(), ByteOrder::name);
  private static final Map<String, AddressBase> ADDRESS_BASES =
      named(AddressBase.values(), AddressBase::written);

  private static final int MOST_REGISTERS = 125;

  private final YamlMap yaml;
  private final Set<Quantity> seen = EnumSet.noneOf(Quantity.class);

  /** How the vendor's document counts registers. */
  private enum AddressBase {
    ZERO("0"),
    ONE("1"),
    MODICON("modicon");

    private final String written;

    AddressBase(String written) {
      this.written = written;
    }

    String written() {
      return written;
    }
  }

  /** What registers take from the profile unless they say otherwise. */
  private record Defaults(
      Table table, AddressBase addressBase, ByteOrder byteOrder, int maxBlock) {}

  MeterProfileReader(YamlMap yaml) {
    this.yaml = yaml;
  }

  /** Returns the profile, empty if a problem was reported. */
  Optional<MeterProfile> read(ProfileFile.Identity identity) {
    Discovery otherwise = yaml.has("discovery") ? Discovery.SUNSPEC : Discovery.NONE;
    return switch (yaml.oneOf("discovery", Discovery.class, otherwise)) {
      case NONE -> listed(identity);
      case SUNSPEC -> discovered(identity);
    };
  }

  /** SunSpec says all but how fast a meter may be asked. */
  private Optional<MeterProfile> discovered(ProfileFile.Identity identity) {
    int errorsBefore = yaml.diagnostics().errorCount();
    int minGapMillis = (int) yaml.integer("minGapMillis", 0, 10_000);
    return yaml.diagnostics().errorCount() > errorsBefore
        ? Optional.empty()
        : Optional.of(
            new MeterProfile(
                identity.id(),
                identity.vendor(),
                identity.model(),
                identity.source(),
                Discovery.SUNSPEC,
                List.of(),
                minGapMillis,
                MOST_REGISTERS));
  }

  private Optional<MeterProfile> listed(ProfileFile.Identity identity) {
    int errorsBefore = yaml.diagnostics().errorCount();
    Defaults defaults =
        new Defaults(
            yaml.oneOf("table", Table.class),
            yaml.oneOf("addressBase", ADDRESS_BASES),
            yaml.oneOf("byteOrder", BYTE_ORDERS),
            (int) yaml.integer("maxBlock", 1, MOST_REGISTERS));
    int minGapMillis = (int) yaml.integer("minGapMillis", 0, 10_000);
    List<RegisterDefinition> registers = new ArrayList<>();
    for (YamlMap register : yaml.list("registers").maps()) {
      register(register, defaults).ifPresent(registers::add);
    }
    if (yaml.has("registers") && !seen.contains(Quantity.ENERGY_IMPORT)) {
      yaml.error("registers", "no-energy", "a meter needs a register with id energy-import");
    }
    return yaml.diagnostics().errorCount() > errorsBefore
        ? Optional.empty()
        : Optional.of(
            new MeterProfile(
                identity.id(),
                identity.vendor(),
                identity.model(),
                identity.source(),
                Discovery.NONE,
                registers,
                minGapMillis,
                defaults.maxBlock()));
  }

  private Optional<RegisterDefinition> register(YamlMap register, Defaults defaults) {
    int errorsBefore = yaml.diagnostics().errorCount();
    Quantity quantity = register.oneOf("id", QUANTITIES);
    if (register.has("id") && !seen.add(quantity)) {
      register.error("id", "duplicate-id", "'" + quantity.id() + "' is described twice");
    }
    boolean identity = quantity.kind() == Quantity.Kind.IDENTITY;
    Table table = register.oneOf("table", Table.class, defaults.table());
    ValueType type = register.oneOf("type", ValueType.class);
    ByteOrder byteOrder =
        register
            .optionalValue("byteOrder", text -> Scalars.oneOf(text, BYTE_ORDERS))
            .orElse(defaults.byteOrder());
    int words = words(register, type, defaults.maxBlock());
    Unit unit = identity ? Unit.NONE : register.oneOf("unit", UNITS);
    int address = address(register, table, defaults.addressBase(), words);
    BigDecimal scale = positive(register, "scale").orElse(BigDecimal.ONE);
    Optional<BigDecimal> modulus = positive(register, "modulus");
    Optional<BigDecimal> resolution = positive(register, "resolution");
    Range range = range(register, quantity);
    List<String> notAvailable = notAvailable(register, words);
    kind(register, quantity);
    register.close();
    if (yaml.diagnostics().errorCount() > errorsBefore) {
      return Optional.empty();
    }
    if (!unit.measures(quantity)) {
      register.error(
          "unit", "bad-value", "'unit' " + unit.symbol() + " does not measure " + quantity.id());
      return Optional.empty();
    }
    if (identity && (type == ValueType.F32 || type == ValueType.F64)) {
      register.error("type", "bad-value", "an identity is an integer or a string, not a float");
      return Optional.empty();
    }
    if (!identity && type == ValueType.STRING) {
      register.error("type", "bad-value", "'" + quantity.id() + "' is a number, not a string");
      return Optional.empty();
    }
    return Optional.of(
        new RegisterDefinition(
            quantity,
            table,
            address,
            words,
            type,
            byteOrder,
            scale,
            unit,
            notAvailable,
            modulus,
            range.minimum(),
            range.maximum(),
            resolution));
  }

  private static int words(YamlMap register, ValueType type, int maxBlock) {
    if (type == ValueType.STRING) {
      return (int) register.integer("words", 1, maxBlock);
    }
    if (type.words() > maxBlock) {
      register.error(
          "type", "bad-value", "needs " + type.words() + " registers, maxBlock is " + maxBlock);
    }
    return type.words();
  }

  private static int address(YamlMap register, Table table, AddressBase base, int words) {
    long written = register.integer("address", 0, 0xF_FFFF);
    long sent =
        switch (base) {
          case ZERO -> written;
          case ONE -> written - 1;
          case MODICON -> modicon(register, table, written);
        };
    if (sent < 0 || sent + words > 0x1_0000) {
      register.error(
          "address", "bad-value", "'address' " + written + " is outside the 65536 registers");
      return 0;
    }
    return (int) sent;
  }

  /** 3xxxx or 3xxxxx are input registers, 4xxxx or 4xxxxx holding registers, counted from 1. */
  private static long modicon(YamlMap register, Table table, long written) {
    String leading =
        switch (table) {
          case INPUT -> "3";
          case HOLDING -> "4";
        };
    String digits = Long.toString(written);
    if ((digits.length() != 5 && digits.length() != 6) || !digits.startsWith(leading)) {
      register.error(
          "address",
          "bad-value",
          "'address' in Modicon form of a "
              + table.name().toLowerCase(Locale.ROOT)
              + " register is "
              + leading
              + "0001 to "
              + leading
              + "65536, not "
              + written);
      return 0;
    }
    return Long.parseLong(digits.substring(1)) - 1;
  }

  private static Optional<BigDecimal> positive(YamlMap register, String key) {
    Optional<BigDecimal> value = register.optionalDecimal(key);
    if (value.isPresent() && value.get().signum() <= 0) {
      register.error(key, "bad-value", "'" + key + "' must be greater than 0");
      return Optional.empty();
    }
    return value;
  }

  private record Range(Optional<BigDecimal> minimum, Optional<BigDecimal> maximum) {}

  private static Range range(YamlMap register, Quantity quantity) {
    Optional<BigDecimal> zero =
        quantity.kind() == Quantity.Kind.CUMULATIVE
            ? Optional.of(BigDecimal.ZERO)
            : Optional.empty();
    Optional<YamlMap> yaml = register.optionalMap("range");
    if (yaml.isEmpty()) {
      return new Range(zero, Optional.empty());
    }
    Optional<BigDecimal> minimum = yaml.get().optionalDecimal("min").or(() -> zero);
    Optional<BigDecimal> maximum = yaml.get().optionalDecimal("max");
    yaml.get().close();
    if (minimum.isPresent() && maximum.isPresent() && minimum.get().compareTo(maximum.get()) >= 0) {
      register.error("range", "bad-value", "'range' must have min below max");
    }
    return new Range(minimum, maximum);
  }

  private static List<String> notAvailable(YamlMap register, int words) {
    List<String> sentinels = new ArrayList<>();
    for (YamlText item : register.optionalList("notAvailable").texts()) {
      String hex = item.text().toUpperCase(Locale.ROOT);
      if (!hex.matches("[0-9A-F]{" + 4 * words + "}")) {
        register
            .diagnostics()
            .error(
                register.file(),
                item.line(),
                "bad-value",
                "'notAvailable' is the raw value as sent, " + 4 * words + " hexadecimal digits");
      }
      sentinels.add(hex);
    }
    return sentinels;
  }

  private static void kind(YamlMap register, Quantity quantity) {
    Quantity.Kind kind = register.oneOf("kind", Quantity.Kind.class, quantity.kind());
    if (kind != quantity.kind()) {
      register.error(
          "kind",
          "bad-value",
          "'" + quantity.id() + "' is " + quantity.kind().name().toLowerCase(Locale.ROOT));
    }
  }

  private static <T> Map<String, T> named(T[] values, Function<T, String> name) {
    return Stream.of(values)
        .collect(Collectors.toMap(name, value -> value, (a, b) -> a, LinkedHashMap::new));
  }
}
