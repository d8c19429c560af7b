package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.CoapProfile;
import io.tracegram.runtime.profile.CoapRecord;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import io.tracegram.runtime.senml.SenmlFormat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the keys of a {@code coap-meter} profile. Single-threaded, used once. */
final class CoapProfileReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9:./_-]{1,128}");
  private static final Pattern UNIT = Pattern.compile("[!-~]{1,32}");
  private static final String NO_UNIT = "none";

  private final YamlMap yaml;
  private final Set<Quantity> seen = EnumSet.noneOf(Quantity.class);

  CoapProfileReader(YamlMap yaml) {
    this.yaml = yaml;
  }

  /** Returns the profile, empty if a problem was reported. */
  Optional<CoapProfile> read(ProfileFile.Identity identity) {
    int errorsBefore = yaml.diagnostics().errorCount();
    SenmlFormat format = yaml.oneOf("format", SenmlFormat.class);
    CoapProfile.Mode mode = yaml.oneOf("mode", CoapProfile.Mode.class, CoapProfile.Mode.POLL);
    int timeoutMillis = (int) yaml.integer("timeoutMillis", 100, 60_000, 2_000);
    long maxAgeSeconds = yaml.integer("maxAgeSeconds", 1, 3_600, 60);
    List<CoapRecord> records = new ArrayList<>();
    for (YamlMap record : yaml.list("records").maps()) {
      record(record).ifPresent(records::add);
    }
    if (yaml.has("records") && !seen.contains(Quantity.ENERGY_IMPORT)) {
      yaml.error("records", "no-energy", "a meter needs a record with id energy-import");
    }
    return yaml.diagnostics().errorCount() > errorsBefore
        ? Optional.empty()
        : Optional.of(
            new CoapProfile(
                identity.id(),
                identity.vendor(),
                identity.model(),
                identity.source(),
                format,
                mode,
                timeoutMillis,
                maxAgeSeconds * 1_000,
                records));
  }

  private Optional<CoapRecord> record(YamlMap record) {
    int errorsBefore = yaml.diagnostics().errorCount();
    Quantity quantity = record.oneOf("id", MeterWords.quantities());
    if (record.has("id") && !seen.add(quantity)) {
      record.error("id", "duplicate-id", "'" + quantity.id() + "' is described twice");
    }
    String name =
        record.value(
            "name",
            text -> Scalars.matching(text, NAME, "a SenML name, or the end of one"),
            "none");
    kind(record, quantity);
    Optional<CoapRecord> read =
        quantity.kind() == Quantity.Kind.IDENTITY
            ? Optional.of(identity(quantity, name))
            : number(record, quantity, name);
    record.close();
    return yaml.diagnostics().errorCount() > errorsBefore ? Optional.empty() : read;
  }

  private static CoapRecord identity(Quantity quantity, String name) {
    return new CoapRecord(
        quantity, name, Unit.NONE, "", BigDecimal.ONE, BigDecimal.ONE, Optional.empty());
  }

  private static Optional<CoapRecord> number(YamlMap record, Quantity quantity, String name) {
    Unit unit =
        record.oneOf(
            "unit",
            MeterWords.units(
                Unit.KILOWATT_HOUR, Unit.WATT_HOUR, Unit.KILOWATT, Unit.WATT, Unit.CUBIC_METRE));
    String states =
        record
            .optionalValue("states", text -> Scalars.matching(text, UNIT, "a SenML unit, or none"))
            .map(text -> text.equals(NO_UNIT) ? "" : text)
            .orElse(unit.symbol());
    BigDecimal scale = positive(record, "scale", record.optionalDecimal("scale"));
    BigDecimal resolution =
        positive(record, "resolution", Optional.of(record.decimal("resolution")));
    Optional<BigDecimal> maximum = record.optionalDecimal("max");
    if (record.has("unit") && !unit.measures(quantity)) {
      record.error(
          "unit", "bad-value", "'unit' " + unit.symbol() + " does not measure " + quantity.id());
      return Optional.empty();
    }
    return unit.measures(quantity)
        ? Optional.of(new CoapRecord(quantity, name, unit, states, scale, resolution, maximum))
        : Optional.empty();
  }

  private static BigDecimal positive(YamlMap record, String key, Optional<BigDecimal> given) {
    BigDecimal value = given.orElse(BigDecimal.ONE);
    if (value.signum() <= 0) {
      record.error(key, "bad-value", "'" + key + "' must be greater than 0");
      return BigDecimal.ONE;
    }
    return value;
  }

  private static void kind(YamlMap record, Quantity quantity) {
    Quantity.Kind kind = record.oneOf("kind", Quantity.Kind.class, quantity.kind());
    if (kind != quantity.kind()) {
      record.error(
          "kind",
          "bad-value",
          "'" + quantity.id() + "' is " + quantity.kind().name().toLowerCase(Locale.ROOT));
    }
  }
}
