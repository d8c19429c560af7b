package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorSet;
import io.tracegram.ledger.plant.Packaging;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the packaging of a plant's products emits. Single-threaded, used once. */
final class PackagingReader {
  private static final String PER_KG = "kgCo2ePerKg";
  private static final String PER_PIECE = "kgCo2ePerPiece";

  private final FactorReader factors;
  private final List<Packaging.Item> items = new ArrayList<>();

  PackagingReader(FactorReader factors) {
    this.factors = factors;
  }

  /** Reads the key {@code packaging} of a material. */
  void material(YamlMap material, String gtin) {
    material
        .optionalMap("packaging")
        .flatMap(this::factor)
        .filter(_ -> items.stream().noneMatch(item -> item.gtin().equals(gtin)))
        .ifPresent(factor -> item(material, gtin, factor));
  }

  private void item(YamlMap material, String gtin, EmissionFactor factor) {
    try {
      items.add(new Packaging.Item(gtin, factor));
    } catch (IllegalArgumentException e) {
      material.error("packaging", "bad-value", String.valueOf(e.getMessage()));
    }
  }

  private Optional<EmissionFactor> factor(YamlMap yaml) {
    if (!FactorReader.isNamed(yaml)) {
      boolean perPiece = yaml.has(PER_PIECE);
      if (perPiece && yaml.has(PER_KG)) {
        yaml.error(PER_PIECE, "two-values", "packaging is per kg of product or per piece");
      }
      return factors.read(
          yaml,
          perPiece ? PER_PIECE : PER_KG,
          perPiece ? EmissionFactor.Unit.PIECE : EmissionFactor.Unit.KG);
    }
    Optional<EmissionFactor> factor =
        factors.named(yaml).map((FactorSet.Entry entry) -> FactorReader.factor(entry));
    Optional<EmissionFactor> wrong =
        factor.filter(
            known ->
                known.unit() != EmissionFactor.Unit.KG
                    && known.unit() != EmissionFactor.Unit.PIECE);
    wrong.ifPresent(
        known ->
            yaml.error(
                "id",
                "wrong-unit",
                "'%s' is per %s, and packaging is per kg or per piece"
                    .formatted(known.id(), known.unit())));
    return wrong.isPresent() ? Optional.empty() : factor;
  }

  Packaging packaging() {
    return new Packaging(items);
  }
}
