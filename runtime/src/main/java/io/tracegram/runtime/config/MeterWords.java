package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.util.LinkedHashMap;
import java.util.Map;

/** The words by which profiles name what a meter tells. Stateless. */
final class MeterWords {
  private MeterWords() {}

  /** Returns every quantity by its id. */
  static Map<String, Quantity> quantities() {
    Map<String, Quantity> quantities = new LinkedHashMap<>();
    for (Quantity quantity : Quantity.values()) {
      quantities.put(quantity.id(), quantity);
    }
    return quantities;
  }

  /** Returns what is counted or shown, without the identity. */
  static Map<String, Quantity> figures() {
    Map<String, Quantity> figures = quantities();
    figures.values().removeIf(quantity -> quantity.kind() == Quantity.Kind.IDENTITY);
    return figures;
  }

  /** Returns units by their symbols. */
  static Map<String, Unit> units(Unit... units) {
    Map<String, Unit> symbols = new LinkedHashMap<>();
    for (Unit unit : units) {
      symbols.put(unit.symbol(), unit);
    }
    return symbols;
  }
}
