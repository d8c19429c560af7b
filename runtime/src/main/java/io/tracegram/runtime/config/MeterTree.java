package io.tracegram.runtime.config;

import io.tracegram.ledger.plant.PlantModel.Meter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Checks that a plant's meters form one tree per carrier below its sources. Single-threaded. */
final class MeterTree {
  private final Map<String, Meter> meters = new LinkedHashMap<>();
  private final Map<String, YamlMap> places = new LinkedHashMap<>();

  void add(YamlMap place, Meter meter) {
    if (!meter.id().isEmpty()) {
      meters.putIfAbsent(meter.id(), meter);
      places.putIfAbsent(meter.id(), place);
    }
  }

  void check(YamlMap plant) {
    if (meters.isEmpty()) {
      return;
    }
    roots(plant);
    meters.forEach(this::parent);
  }

  private void roots(YamlMap plant) {
    if (meters.values().stream().noneMatch(meter -> meter.role() == Meter.Role.GRID_IMPORT)) {
      plant.error(
          "meters", "meter-roots", "one meter must have the role grid-import: the grid connection");
    }
    for (Meter meter : meters.values()) {
      boolean electric = meter.carrier().equals(Meter.ELECTRICITY);
      if (meter.role().isSource() && meter.parent().isPresent()) {
        place(meter.id())
            .error("parent", "meter-roots", "a source is at the top and has no 'parent'");
      }
      if ((meter.role() == Meter.Role.SUPPLY && electric)
          || (meter.role().isSource() && meter.role() != Meter.Role.SUPPLY && !electric)) {
        place(meter.id())
            .error(
                "role",
                "bad-value",
                electric
                    ? "electricity comes in by grid-import, generation or storage"
                    : "'" + meter.carrier() + "' comes in by a meter with the role supply");
      }
      if (meter.parent().map(meters::get).map(Meter::carrier).stream()
          .anyMatch(above -> !above.equals(meter.carrier()))) {
        place(meter.id())
            .error("parent", "mixed-carriers", "the meter above it counts another carrier");
      }
    }
  }

  private void parent(String id, Meter meter) {
    Set<String> above = new HashSet<>(Set.of(id));
    Meter lower = meter;
    while (lower.parent().isPresent()) {
      String parent = lower.parent().get();
      Meter next = meters.get(parent);
      if (next == null) {
        if (lower.id().equals(id)) {
          place(id)
              .error(
                  "parent",
                  "unknown-meter",
                  "there is no meter '" + parent + "'" + Suggestion.clause(parent, others(id)));
        }
        return;
      }
      if (!above.add(parent)) {
        place(id)
            .error(
                "parent",
                "meter-cycle",
                "'" + id + "' is below itself, by way of '" + parent + "'");
        return;
      }
      lower = next;
    }
  }

  private Set<String> others(String id) {
    Set<String> others = new HashSet<>(meters.keySet());
    others.remove(id);
    return others;
  }

  private YamlMap place(String id) {
    YamlMap place = places.get(id);
    if (place == null) {
      throw new IllegalStateException("no such meter: " + id);
    }
    return place;
  }
}
