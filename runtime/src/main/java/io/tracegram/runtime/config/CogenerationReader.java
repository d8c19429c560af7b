package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.HeatAndPower;
import io.tracegram.ledger.plant.Cogeneration;
import io.tracegram.ledger.plant.PlantModel.Carrier;
import io.tracegram.ledger.plant.PlantModel.Meter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a plant's units of combined heat and power. Single-threaded, used once. */
final class CogenerationReader {
  private static final int MOST_PER_MILLE = 1_000;

  private final List<Meter> meters;
  private final Map<String, Carrier.Kind> kinds = new HashMap<>();
  private final Map<String, String> taken = new HashMap<>();
  private final References ids = new References("cogeneration");

  CogenerationReader(List<Meter> meters, List<Carrier> carriers) {
    this.meters = meters;
    carriers.forEach(carrier -> kinds.put(carrier.id(), carrier.kind()));
  }

  List<Cogeneration> read(YamlList list) {
    List<Cogeneration> units = new ArrayList<>();
    for (YamlMap yaml : list.maps()) {
      units.add(
          new Cogeneration(
              ids.declare(yaml),
              fuel(yaml),
              meter(yaml, "heat", "supply of a carrier of heat", this::isHeat),
              meter(yaml, "power", "generation", meter -> meter.role() == Meter.Role.GENERATION),
              HeatAndPower.of(
                  efficiency(yaml, "powerEfficiency", HeatAndPower.DEFAULT.powerPerMille()),
                  efficiency(yaml, "heatEfficiency", HeatAndPower.DEFAULT.heatPerMille()))));
      yaml.close();
    }
    return units;
  }

  private String fuel(YamlMap yaml) {
    String id = meter(yaml, "fuel", "supply of a carrier of fuel", this::isFuel);
    meters.stream()
        .filter(meter -> meter.parent().map(id::equals).orElse(false))
        .findFirst()
        .ifPresent(
            below ->
                yaml.error(
                    "fuel",
                    "shared-meter",
                    "'%s' is the unit's alone, but '%s' hangs below it: give the unit a meter of its own"
                        .formatted(id, below.id())));
    return id;
  }

  private String meter(YamlMap yaml, String key, String expected, Predicate<Meter> fits) {
    String id = yaml.text(key);
    Optional<Meter> meter = meters.stream().filter(known -> known.id().equals(id)).findFirst();
    if (id.isEmpty()) {
      return id; // already reported
    }
    if (meter.isEmpty()) {
      yaml.error(
          key,
          "unknown-meter",
          "there is no meter '"
              + id
              + "'"
              + Suggestion.clause(id, meters.stream().map(Meter::id).toList()));
    } else if (!fits.test(meter.get())) {
      yaml.error(
          key,
          "wrong-meter",
          "'%s' is not the meter of a unit's %s: its role is %s".formatted(id, key, expected));
    }
    String other = taken.putIfAbsent(id, key + " of line " + yaml.line(key));
    if (other != null) {
      yaml.error(key, "shared-meter", "'" + id + "' is already the " + other);
    }
    return id;
  }

  private boolean isFuel(Meter meter) {
    return isSupply(meter, Carrier.Kind.FUEL);
  }

  private boolean isHeat(Meter meter) {
    return isSupply(meter, Carrier.Kind.HEAT);
  }

  private boolean isSupply(Meter meter, Carrier.Kind kind) {
    return meter.role() == Meter.Role.SUPPLY && kinds.get(meter.carrier()) == kind;
  }

  private static int efficiency(YamlMap yaml, String key, int otherwise) {
    Optional<BigDecimal> given = yaml.optionalDecimal(key);
    if (given.isEmpty()) {
      return otherwise;
    }
    BigDecimal perMille = given.get().movePointRight(3).stripTrailingZeros();
    if (perMille.signum() <= 0
        || perMille.scale() > 0
        || perMille.compareTo(BigDecimal.valueOf(MOST_PER_MILLE)) > 0) {
      yaml.error(
          key,
          "bad-value",
          "'" + key + "' is that of a separate plant, above 0, at most 1, in thousandths");
      return otherwise;
    }
    return perMille.intValueExact();
  }
}
