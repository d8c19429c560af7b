package io.tracegram.runtime.config;

import io.tracegram.ledger.plant.PlantModel.Meter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that a plant's meters form one tree whose root measures the grid. Single-threaded. */
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
    List<String> roots =
        meters.values().stream().filter(meter -> meter.parent().isEmpty()).map(Meter::id).toList();
    if (roots.isEmpty()) {
      plant.error(
          "meters",
          "meter-roots",
          "one meter must have no 'parent': the one at the grid connection");
    }
    for (String other : roots.subList(Math.min(1, roots.size()), roots.size())) {
      place(other)
          .error(
              "id",
              "meter-roots",
              "'" + other + "' needs a 'parent': '" + roots.getFirst() + "' is already the root");
    }
    for (Meter meter : meters.values()) {
      boolean root = meter.parent().isEmpty();
      if (root != (meter.role() == Meter.Role.GRID_IMPORT) && place(meter.id()).has("role")) {
        place(meter.id())
            .error(
                "role",
                "bad-value",
                root
                    ? "the meter without a parent has the role grid-import"
                    : "a meter below another has the role consumption");
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
