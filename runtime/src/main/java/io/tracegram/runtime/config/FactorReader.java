package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.runtime.factor.MarginalSignal;
import java.math.BigDecimal;

/** Reads an emission factor, none of whose particulars has a default. Stateless. */
final class FactorReader {
  private FactorReader() {}

  /**
   * @param key holds the value, such as {@code kgCo2ePerKwh}
   */
  static EmissionFactor read(YamlMap yaml, String key, EmissionFactor.Unit unit) {
    BigDecimal value = yaml.decimal(key);
    if (value.signum() < 0 || value.precision() > 18) {
      yaml.error(key, "bad-value", "'" + key + "' must be 0 or more, with at most 18 digits");
      value = BigDecimal.ZERO;
    }
    EmissionFactor factor =
        new EmissionFactor(
            yaml.text("id"),
            value,
            unit,
            yaml.text("edition"),
            yaml.value("boundary", FactorReader::boundary, ""),
            yaml.text("gwp"),
            yaml.text("source"),
            yaml.text("licence"),
            yaml.optionalValue("u95Percent", FactorEntryReader::percent));
    FactorWords.refuseMarginal(yaml, factor);
    yaml.close();
    return factor;
  }

  private static String boundary(String text) {
    if (MarginalSignal.isNamedIn(text)) {
      throw new IllegalArgumentException(MarginalSignal.REASON);
    }
    return Scalars.text(text);
  }
}
