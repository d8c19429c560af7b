package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.AbsorptionAccount;
import io.tracegram.ledger.account.LotDetail;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.lot.Absorbed;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Component;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.runtime.web.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lots carry by component, and the overhead they absorb, as JSON. Stateless. */
final class BurdenJson {
  /** The bases on which lots carry scope 2. */
  private static final List<Basis> LOT_BASES =
      List.of(Basis.LB_ANNUAL, Basis.LB_HOURLY, Basis.MB_ANNUAL, Basis.MB_HOURLY);

  private BurdenJson() {}

  /** Returns a lot's components, each split by where it comes from. */
  static ObjectNode of(LotDetail detail) {
    ObjectNode json = Json.object().put("scope2Basis", detail.headline().name());
    json.set("revision", FacilityIntervalJson.revision(detail.revision()));
    json.put("directCo2eKg", detail.direct().total(detail.headline()).kilograms())
        .put("absorbedCo2eKg", detail.absorbed().total(detail.headline()).kilograms())
        .put("broughtCo2eKg", detail.brought().total(detail.headline()).kilograms());
    Burden carried = detail.carried();
    json.set("totalsCo2eKg", totals(carried));
    ArrayNode components = json.putArray("components");
    for (Component component : Component.values()) {
      components
          .addObject()
          .put("component", FacilityIntervalJson.word(component))
          .put("counted", component.counts(detail.headline()))
          .put("co2eKg", known(carried, component))
          .put("directCo2eKg", known(detail.direct(), component))
          .put("absorbedCo2eKg", known(detail.absorbed(), component))
          .put("broughtCo2eKg", known(detail.brought(), component));
    }
    return json;
  }

  /** Returns the total by basis of scope 2; null where that is not wholly known. */
  private static ObjectNode totals(Burden carried) {
    ObjectNode json = Json.object();
    for (Basis basis : LOT_BASES) {
      json.put(basis.name(), carried.isKnown(basis) ? carried.total(basis).kilograms() : null);
    }
    return json;
  }

  /** Returns a month's overhead: opening + pool + late = absorbed + closing. */
  static ObjectNode of(AbsorptionAccount account) {
    Absorbed month = account.absorbed();
    ObjectNode json =
        Json.object()
            .put("from", Json.time(month.fromMillis()))
            .put("to", Json.time(month.toMillis()))
            .put("policy", FacilityIntervalJson.word(account.absorption().policy()))
            .put("key", FacilityIntervalJson.word(account.absorption().key()))
            .put("keyUnits", Long.toString(month.key()));
    json.set("revision", FacilityIntervalJson.revision(account.revision()));
    json.set("openingVarianceCo2eKg", amounts(month.opening()));
    json.set("poolCo2eKg", amounts(month.pool().burden()));
    json.set("lateCo2eKg", amounts(month.late()));
    json.set("absorbedCo2eKg", amounts(month.absorbed()));
    json.set("closingVarianceCo2eKg", amounts(month.closing()));
    return json;
  }

  private static ObjectNode amounts(Burden burden) {
    ObjectNode json = Json.object();
    for (Component component : Component.values()) {
      json.put(FacilityIntervalJson.word(component), known(burden, component));
    }
    return json;
  }

  private static @Nullable String known(Burden burden, Component component) {
    return burden.knows(component) ? new Co2e(burden.of(component)).kilograms() : null;
  }
}
