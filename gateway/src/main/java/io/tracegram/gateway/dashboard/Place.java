package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.Entry;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.runtime.config.Suggestion;
import io.tracegram.runtime.web.RequestRefused;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node of a plant's meter tree with all that is below it. Immutable.
 *
 * @param id of its meter, or {@link Entry#SITE}
 * @param meter empty for the site
 * @param children the nodes right below it, by id
 * @param childOf the child that each node below lies in, by node
 */
record Place(
    String id,
    Optional<Meter> meter,
    Map<String, Optional<Meter>> children,
    Map<String, String> childOf) {
  /** The site before the log holds a plant model. */
  static final Place NOWHERE = new Place(Entry.SITE, Optional.empty(), Map.of(), Map.of());

  static Place site(PlantModel plant) {
    return of(
        plant,
        Entry.SITE,
        Optional.empty(),
        plant.meters().stream().filter(meter -> isTop(plant, meter)).toList());
  }

  /**
   * Finds a node; a meter at the grid connection means the site.
   *
   * @throws RequestRefused if there is none of that name
   */
  static Place named(PlantModel plant, String id) {
    Optional<Meter> meter = plant.meter(id);
    if (id.equals(Entry.SITE)
        || meter.map(known -> known.role() == Meter.Role.GRID_IMPORT).orElse(false)) {
      return site(plant);
    }
    if (meter.isEmpty()) {
      throw RequestRefused.bad(
          "there is no node '" + id + "'" + Suggestion.clause(id, nodes(plant)));
    }
    Meter.Role role = meter.get().role();
    if (role.isSource() && role != Meter.Role.STORAGE) {
      throw RequestRefused.bad(id + " brings energy in, nothing is below it; ask for source=" + id);
    }
    return of(plant, id, meter, below(plant, id));
  }

  boolean isSite() {
    return meter.isEmpty();
  }

  /** Says whether an entry's node is this one or below it. */
  boolean holds(String node) {
    return isSite() || node.equals(id) || childOf.containsKey(node);
  }

  /** Returns the child that a node lies in; the node itself if it left the plant since. */
  String childOf(String node) {
    return childOf.getOrDefault(node, node);
  }

  private static Place of(
      PlantModel plant, String id, Optional<Meter> meter, List<Meter> rightBelow) {
    Map<String, Optional<Meter>> children = new LinkedHashMap<>();
    Map<String, String> childOf = new HashMap<>();
    for (Meter child : rightBelow) {
      children.put(child.id(), Optional.of(child));
      note(plant, child.id(), child.id(), childOf);
    }
    return new Place(id, meter, children, childOf);
  }

  private static void note(
      PlantModel plant, String node, String child, Map<String, String> childOf) {
    if (childOf.putIfAbsent(node, child) == null) {
      below(plant, node).forEach(meter -> note(plant, meter.id(), child, childOf));
    }
  }

  private static boolean isTop(PlantModel plant, Meter meter) {
    boolean below =
        meter.parent().flatMap(plant::meter).map(above -> above.role().isSource()).orElse(true);
    return meter.role() == Meter.Role.STORAGE || (meter.role() == Meter.Role.CONSUMPTION && below);
  }

  private static List<Meter> below(PlantModel plant, String id) {
    return plant.meters().stream()
        .filter(meter -> meter.parent().map(id::equals).orElse(false))
        .toList();
  }

  private static List<String> nodes(PlantModel plant) {
    return Stream.concat(
            Stream.of(Entry.SITE),
            plant.meters().stream()
                .filter(
                    meter ->
                        !meter.role().isSource()
                            || meter.role() == Meter.Role.STORAGE
                            || meter.role() == Meter.Role.GRID_IMPORT)
                .map(Meter::id))
        .toList();
  }
}
