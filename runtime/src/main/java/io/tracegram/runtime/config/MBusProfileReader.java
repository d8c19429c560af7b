package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.MBusMedium;
import io.tracegram.runtime.profile.MBusProfile;
import io.tracegram.runtime.profile.MBusRecord;
import io.tracegram.runtime.profile.MBusRecord.Function;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the keys of an {@code m-bus-meter} profile. Single-threaded, used once. */
final class MBusProfileReader {
  private static final Pattern MANUFACTURER = Pattern.compile("[A-Z]{3}");
  private static final Pattern EXTENSIONS = Pattern.compile("([0-9A-Fa-f]{2}){1,10}");
  private static final long MOST_STORAGE = (1L << 41) - 1;
  private static final int MOST_TARIFF = (1 << 20) - 1;
  private static final int MOST_SUBUNIT = 1023;

  private final YamlMap yaml;
  private final Set<Quantity> seen = EnumSet.noneOf(Quantity.class);

  MBusProfileReader(YamlMap yaml) {
    this.yaml = yaml;
  }

  /** Returns the profile, empty if a problem was reported. */
  Optional<MBusProfile> read(ProfileFile.Identity identity) {
    int errorsBefore = yaml.diagnostics().errorCount();
    String manufacturer =
        yaml.value(
            "manufacturer",
            text -> Scalars.matching(text, MANUFACTURER, "three capital letters such as KAM"),
            "");
    MBusMedium medium = yaml.oneOf("medium", MBusMedium.class);
    List<MBusRecord> records = new ArrayList<>();
    for (YamlMap record : yaml.list("records").maps()) {
      record(record).ifPresent(records::add);
    }
    if (yaml.has("records") && !seen.contains(Quantity.ENERGY_IMPORT)) {
      yaml.error("records", "no-energy", "a meter needs a record with id energy-import");
    }
    return yaml.diagnostics().errorCount() > errorsBefore
        ? Optional.empty()
        : Optional.of(
            new MBusProfile(
                identity.id(),
                identity.vendor(),
                identity.model(),
                identity.source(),
                manufacturer,
                medium,
                records));
  }

  private Optional<MBusRecord> record(YamlMap record) {
    int errorsBefore = yaml.diagnostics().errorCount();
    Quantity quantity = record.oneOf("id", MeterWords.figures());
    if (record.has("id") && !seen.add(quantity)) {
      record.error("id", "duplicate-id", "'" + quantity.id() + "' is described twice");
    }
    Unit unit =
        record.oneOf("unit", MeterWords.units(Unit.KILOWATT_HOUR, Unit.CUBIC_METRE, Unit.WATT));
    Function function = record.oneOf("function", Function.class, Function.INSTANTANEOUS);
    long storage = record.integer("storage", 0, MOST_STORAGE, 0);
    int tariff = (int) record.integer("tariff", 0, MOST_TARIFF, 0);
    int subunit = (int) record.integer("subunit", 0, MOST_SUBUNIT, 0);
    String extensions =
        record
            .optionalValue(
                "vife",
                text -> Scalars.matching(text, EXTENSIONS, "the bytes after the VIF, hexadecimal"))
            .map(text -> text.toUpperCase(Locale.ROOT))
            .orElse("");
    Optional<BigDecimal> maximum = record.optionalDecimal("max");
    record.close();
    if (yaml.diagnostics().errorCount() > errorsBefore) {
      return Optional.empty();
    }
    if (!unit.measures(quantity)) {
      record.error(
          "unit", "bad-value", "'unit' " + unit.symbol() + " does not measure " + quantity.id());
      return Optional.empty();
    }
    return Optional.of(
        new MBusRecord(quantity, unit, function, storage, tariff, subunit, extensions, maximum));
  }
}
