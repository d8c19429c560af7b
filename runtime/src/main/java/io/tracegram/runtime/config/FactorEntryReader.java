package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.EmissionFactor.Unit;
import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.emission.FactorSet;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one entry of a factor set, none of whose particulars has a default. Stateless. */
final class FactorEntryReader {
  private static final Map<String, Unit> VALUES = values();
  private static final BigDecimal MOST_PERCENT = BigDecimal.valueOf(1_000);

  private FactorEntryReader() {}

  private static Map<String, Unit> values() {
    Map<String, Unit> values = new LinkedHashMap<>();
    values.put("kgCo2ePerKwh", Unit.KWH);
    values.put("kgCo2ePerKwhGross", Unit.KWH_GROSS);
    values.put("kgCo2ePerKwhNet", Unit.KWH_NET);
    values.put("kgCo2ePerKg", Unit.KG);
    values.put("kgCo2ePerM3", Unit.CUBIC_METRE);
    values.put("kgCo2ePerLitre", Unit.LITRE);
    values.put("kgCo2ePerTonneKm", Unit.TONNE_KM);
    values.put("kgCo2ePerPiece", Unit.PIECE);
    return values;
  }

  /** Returns the entry, empty if a problem was reported. */
  static Optional<FactorSet.Entry> read(YamlMap yaml, References ids) {
    int errorsBefore = yaml.diagnostics().errorCount();
    String id = ids.declare(yaml);
    String key = valueKey(yaml);
    Unit unit = VALUES.getOrDefault(key, Unit.KWH);
    BigDecimal value = yaml.optionalValue(key, FactorEntryReader::factor).orElse(BigDecimal.ZERO);
    EmissionFactor factor =
        new EmissionFactor(
            id,
            value,
            unit,
            yaml.text("edition"),
            FactorWords.boundary(yaml),
            FactorWords.gwp(yaml),
            yaml.text("source"),
            yaml.text("licence"),
            new FactorQuality(Optional.empty(), FactorQualityReader.rating(yaml)));
    Optional<BigDecimal> biogenic =
        yaml.optionalValue("biogenicKgCo2PerUnit", FactorEntryReader::factor);
    Optional<BigDecimal> uncertainty =
        yaml.optionalValue("uncertaintyPercent", FactorEntryReader::percent);
    FactorSet.Confirmation confirmation = yaml.oneOf("confirmation", FactorSet.Confirmation.class);
    FactorWords.refuseMarginal(yaml, factor);
    refuseWrongUnit(yaml, key, factor);
    yaml.close();
    return yaml.diagnostics().errorCount() > errorsBefore
        ? Optional.empty()
        : Optional.of(new FactorSet.Entry(factor, biogenic, uncertainty, confirmation));
  }

  private static String valueKey(YamlMap yaml) {
    List<String> given = VALUES.keySet().stream().filter(yaml::has).toList();
    if (given.size() == 1) {
      return given.getFirst();
    }
    boolean none = given.isEmpty();
    yaml.error(
        none ? "id" : given.getLast(),
        none ? "missing-key" : "two-values",
        (none ? "the value is missing" : "there are " + given.size() + " values")
            + ": exactly one of "
            + String.join(", ", VALUES.keySet()));
    return none ? "kgCo2ePerKwh" : given.getFirst();
  }

  private static BigDecimal factor(String text) {
    BigDecimal value = Scalars.decimalWithPoint(text);
    if (value.signum() < 0 || value.precision() > 18) {
      throw new IllegalArgumentException(
          "must be 0 or more, with at most 18 digits, not '" + text + "'");
    }
    return value;
  }

  static BigDecimal percent(String text) {
    BigDecimal value = factor(text);
    if (value.compareTo(MOST_PERCENT) > 0) {
      throw new IllegalArgumentException("must be a percentage up to 1000, not '" + text + "'");
    }
    return value;
  }

  private static void refuseWrongUnit(YamlMap yaml, String key, EmissionFactor factor) {
    String boundary = factor.boundary();
    boolean fits = FactorWords.fits(boundary, factor.unit());
    boolean bareKwhOfFuel =
        factor.unit() == Unit.KWH
            && FactorWords.fits(boundary, Unit.KWH_NET)
            && (!fits || FactorWords.namesFuel(factor.id()));
    if (boundary.isEmpty() || (fits && !bareKwhOfFuel)) {
      return;
    }
    yaml.error(
        key,
        "wrong-unit",
        "'"
            + key
            + "' does not go with boundary '"
            + boundary
            + "'"
            + (bareKwhOfFuel
                ? ": a kWh of fuel is gross or net, write kgCo2ePerKwhGross or kgCo2ePerKwhNet"
                : "; it takes " + String.join(", ", FactorWords.fitting(boundary, VALUES))));
  }
}
