package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.ObisCode;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import io.tracegram.runtime.profile.SmlProfile;
import io.tracegram.runtime.profile.SmlValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the keys of an {@code sml-meter} profile. Single-threaded, used once. */
final class SmlProfileReader {
  private static final Pattern MANUFACTURER = Pattern.compile("[A-Z]{3,8}");

  private final YamlMap yaml;
  private final Set<Quantity> seen = EnumSet.noneOf(Quantity.class);

  SmlProfileReader(YamlMap yaml) {
    this.yaml = yaml;
  }

  /** Returns the profile, empty if a problem was reported. */
  Optional<SmlProfile> read(ProfileFile.Identity identity) {
    int errorsBefore = yaml.diagnostics().errorCount();
    String manufacturer =
        yaml.value(
            "manufacturer",
            text -> Scalars.matching(text, MANUFACTURER, "capital letters such as EMH"),
            "");
    Optional<ObisCode> serial = yaml.optionalValue("serial", ObisCode::parse);
    List<SmlValue> values = new ArrayList<>();
    for (YamlMap value : yaml.list("values").maps()) {
      value(value).ifPresent(values::add);
    }
    if (yaml.has("values") && !seen.contains(Quantity.ENERGY_IMPORT)) {
      yaml.error("values", "no-energy", "a meter needs a value with id energy-import");
    }
    return yaml.diagnostics().errorCount() > errorsBefore
        ? Optional.empty()
        : Optional.of(
            new SmlProfile(
                identity.id(),
                identity.vendor(),
                identity.model(),
                identity.source(),
                manufacturer,
                serial,
                values));
  }

  private Optional<SmlValue> value(YamlMap value) {
    int errorsBefore = yaml.diagnostics().errorCount();
    Quantity quantity = value.oneOf("id", MeterWords.figures());
    if (value.has("id") && !seen.add(quantity)) {
      value.error("id", "duplicate-id", "'" + quantity.id() + "' is described twice");
    }
    ObisCode obis = value.value("obis", ObisCode::parse, ObisCode.parse("0-0:0.0.0"));
    Unit unit =
        value.oneOf("unit", MeterWords.units(Unit.KILOWATT_HOUR, Unit.CUBIC_METRE, Unit.WATT));
    Optional<BigDecimal> maximum = value.optionalDecimal("max");
    Optional<BigDecimal> resolution = value.optionalDecimal("resolution");
    if (resolution.filter(step -> step.signum() <= 0).isPresent()) {
      value.error("resolution", "bad-value", "'resolution' must be greater than 0");
    }
    value.close();
    if (yaml.diagnostics().errorCount() > errorsBefore) {
      return Optional.empty();
    }
    if (!unit.measures(quantity)) {
      value.error(
          "unit", "bad-value", "'unit' " + unit.symbol() + " does not measure " + quantity.id());
      return Optional.empty();
    }
    return Optional.of(new SmlValue(quantity, obis, unit, maximum, resolution));
  }
}
