package io.tracegram.runtime.config;

import io.tracegram.ledger.plant.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how a plant's workstations share energy and burdens. Single-threaded, used once. */
final class SharingReader {
  private final List<Sharing.Rule> rules = new ArrayList<>();

  /** Reads the keys {@code sharing}, {@code parallel} and {@code share} of a workstation. */
  void workstation(YamlMap station, String id) {
    Optional<Sharing.Weight> weight =
        station.optionalValue(
            "sharing", text -> Scalars.oneOf(text, Scalars.choices(Sharing.Weight.class)));
    boolean parallel = station.flag("parallel", false);
    Sharing.Share products = station.oneOf("share", Sharing.Share.class, Sharing.Share.MASS);
    if (parallel && !station.has("sharing")) {
      station.error(
          "parallel",
          "parallel-without-sharing",
          "orders that run at once need 'sharing': one, mass, pieces or mass-time");
      return;
    }
    boolean stated = weight.isPresent() || products != Sharing.Share.MASS;
    if (stated && (weight.isPresent() || !parallel) && isNew(id)) {
      rules.add(new Sharing.Rule(id, weight, parallel, products));
    }
  }

  /** A workstation that is listed twice is reported where its id is read. */
  private boolean isNew(String id) {
    return rules.stream().noneMatch(rule -> rule.workstation().equals(id));
  }

  Sharing sharing() {
    return new Sharing(rules);
  }
}
