package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.emission.FactorSet;
import io.tracegram.runtime.factor.MarginalSignal;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plant's emission factors: spelled out, none of their particulars having a default, or
 * named by set and id. Single-threaded.
 */
final class FactorReader {
  private final Supplier<FactorCatalog> catalog;
  private final Map<String, FactorSet> named = new LinkedHashMap<>();
  private @Nullable FactorCatalog sets;

  /**
   * @param catalog of the sets that can be named, asked for once, when the first is
   */
  FactorReader(Supplier<FactorCatalog> catalog) {
    this.catalog = catalog;
  }

  /** Returns the sets that factors were named of, in the order of their first names. */
  List<FactorSet> named() {
    return List.copyOf(named.values());
  }

  /** Says whether a factor is named, not spelled out. */
  static boolean isNamed(YamlMap yaml) {
    return yaml.has("set");
  }

  /**
   * Reads a factor of a given unit; empty if its name was reported.
   *
   * @param key holds the value of one that is spelled out, such as {@code kgCo2ePerKwh}
   */
  Optional<EmissionFactor> read(YamlMap yaml, String key, EmissionFactor.Unit unit) {
    if (!isNamed(yaml)) {
      return Optional.of(spelled(yaml, key, unit));
    }
    Optional<EmissionFactor> factor = named(yaml).map(FactorReader::factor);
    factor
        .filter(known -> known.unit() != unit)
        .ifPresent(
            known ->
                yaml.error(
                    "id",
                    "wrong-unit",
                    "'%s' is per %s, and what it is to price per %s"
                        .formatted(known.id(), known.unit(), unit)));
    return factor;
  }

  /** Reads one that is spelled out. */
  static EmissionFactor spelled(YamlMap yaml, String key, EmissionFactor.Unit unit) {
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
            FactorQualityReader.read(yaml));
    FactorWords.refuseMarginal(yaml, factor);
    yaml.close();
    return factor;
  }

  /**
   * Reads one that is named, with the quality that its set states or the plant's own word for it.
   */
  Optional<FactorSet.Entry> named(YamlMap yaml) {
    String set = yaml.text("set");
    String id = yaml.text("id");
    FactorQuality own = FactorQualityReader.read(yaml);
    yaml.close();
    Optional<FactorSet> found = sets().find(set);
    if (set.isEmpty() || id.isEmpty()) {
      return Optional.empty(); // already reported
    }
    if (found.isEmpty()) {
      yaml.error(
          "set",
          "unknown-set",
          "there is no factor set '" + set + "'" + Suggestion.clause(set, sets().ids()));
      return Optional.empty();
    }
    Optional<FactorSet.Entry> entry = found.get().entry(id);
    if (entry.isEmpty()) {
      List<String> ids = found.get().entries().stream().map(known -> known.factor().id()).toList();
      yaml.error(
          "id",
          "unknown-factor",
          "set '" + set + "' has no factor '" + id + "'" + Suggestion.clause(id, ids));
      return Optional.empty();
    }
    named.putIfAbsent(set, found.get());
    warn(yaml, set, entry.get());
    return entry.map(
        known ->
            new FactorSet.Entry(
                known
                    .factor()
                    .with(
                        new FactorQuality(
                            Optional.empty(), own.rating().or(known.factor().quality()::rating))),
                known.biogenicKgPerUnit(),
                own.u95Percent().or(known::uncertaintyPercent),
                known.confirmation()));
  }

  /** Returns an entry's factor with its uncertainty. */
  static EmissionFactor factor(FactorSet.Entry entry) {
    EmissionFactor factor = entry.factor();
    return factor.with(new FactorQuality(entry.uncertaintyPercent(), factor.quality().rating()));
  }

  private static void warn(YamlMap yaml, String set, FactorSet.Entry entry) {
    String doubt =
        switch (entry.confirmation()) {
          case CONFIRMED -> "";
          case TRANSCRIBED ->
              "was transcribed: confirm it at its source before you publish with it";
          case ILLUSTRATIVE -> "is made up for demonstrations";
        };
    if (!doubt.isEmpty()) {
      yaml.warning(
          "id", "unconfirmed-factor", "'" + entry.factor().id() + "' of '" + set + "' " + doubt);
    }
  }

  private FactorCatalog sets() {
    if (sets == null) {
      sets = catalog.get();
    }
    return sets;
  }

  private static String boundary(String text) {
    if (MarginalSignal.isNamedIn(text)) {
      throw new IllegalArgumentException(MarginalSignal.REASON);
    }
    return Scalars.text(text);
  }
}
