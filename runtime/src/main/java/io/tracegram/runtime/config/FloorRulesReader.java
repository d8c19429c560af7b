package io.tracegram.runtime.config;

import io.tracegram.ledger.plant.FloorRules;
import io.tracegram.ledger.plant.FloorRules.Percent;
import io.tracegram.ledger.plant.Walk;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a plant declares of the masses on its floor. Single-threaded, used once. */
final class FloorRulesReader {
  private final List<FloorRules.MaterialRule> materials = new ArrayList<>();
  private final List<FloorRules.Loss> losses = new ArrayList<>();
  private final List<Walk> walks = new ArrayList<>();

  /** Reads the keys {@code yield} and {@code waste} of a material. */
  void material(YamlMap material, String gtin) {
    Optional<FloorRules.Band> band = material.optionalMap("yield").flatMap(FloorRulesReader::band);
    boolean waste = material.flag("waste", false);
    if (waste && band.isPresent()) {
      material.error(
          "waste", "waste-with-yield", "waste has no yield band: remove 'yield' or 'waste'");
    } else if ((waste || band.isPresent()) && isNew(gtin)) {
      materials.add(new FloorRules.MaterialRule(gtin, band, waste));
    }
  }

  /** A material that is listed twice is reported where its number is read. */
  private boolean isNew(String gtin) {
    return materials.stream().noneMatch(rule -> rule.gtin().equals(gtin));
  }

  /** Reads the keys {@code lossPercent} and {@code walkSeconds} of a workstation. */
  void workstation(YamlMap station, String id) {
    station
        .optionalValue("lossPercent", text -> percent(text, 100))
        .filter(_ -> losses.stream().noneMatch(loss -> loss.workstation().equals(id)))
        .ifPresent(percent -> losses.add(new FloorRules.Loss(id, percent)));
    station
        .optionalValue("walkSeconds", text -> Scalars.integer(text, 1, Walk.MOST_SECONDS))
        .filter(_ -> walks.stream().noneMatch(walk -> walk.workstation().equals(id)))
        .ifPresent(seconds -> walks.add(new Walk(id, seconds.intValue())));
  }

  List<Walk> walks() {
    return List.copyOf(walks);
  }

  FloorRules rules() {
    return new FloorRules(materials, losses);
  }

  private static Optional<FloorRules.Band> band(YamlMap yield) {
    Percent low = yield.value("minPercent", text -> percent(text, 1_000), new Percent(0));
    Percent high =
        yield.value("maxPercent", text -> percent(text, 1_000), new Percent(Percent.MOST));
    yield.close();
    if (low.thousandths() > high.thousandths()) {
      yield.error("minPercent", "bad-value", "'minPercent' is more than 'maxPercent'");
      return Optional.empty();
    }
    return Optional.of(new FloorRules.Band(low, high));
  }

  private static Percent percent(String text, int most) {
    BigDecimal percent = Scalars.decimalWithPoint(text);
    if (percent.signum() < 0
        || percent.compareTo(BigDecimal.valueOf(most)) > 0
        || percent.stripTrailingZeros().scale() > 3) {
      throw new IllegalArgumentException(
          "must be 0 to " + most + " with at most three decimals, not '" + text + "'");
    }
    return new Percent(percent.movePointRight(3).intValueExact());
  }
}
