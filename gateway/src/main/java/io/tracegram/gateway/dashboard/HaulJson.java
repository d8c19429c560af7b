package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.Haul;
import io.tracegram.ledger.plant.Transport;
import io.tracegram.ledger.quantity.Decimals;
import io.tracegram.runtime.web.Json;
import java.math.BigDecimal;

/** The route by which a lot came, leg by leg, as JSON. Stateless. */
final class HaulJson {
  private HaulJson() {}

  static ObjectNode of(Haul haul) {
    ObjectNode json = Json.object().put("from", haul.route().from());
    ArrayNode legs = json.putArray("legs");
    for (Transport.Leg leg : haul.route().legs()) {
      ObjectNode written = legs.addObject().put("mode", FacilityIntervalJson.word(leg.mode()));
      written.put("distanceKm", kilometres(leg.distance()));
      if (leg.distance().isDeclared()) {
        written.put("distanceBasis", "declared");
      } else {
        written.put("distanceBasis", "computed").put("greatCircleTimes", detour(leg.distance()));
      }
      written.put("co2eKg", haul.of(leg).kilograms());
      written.set("factor", AccountJson.factor(leg.factor()));
    }
    return json;
  }

  static String kilometres(Transport.Distance distance) {
    return Decimals.canonical(BigDecimal.valueOf(distance.metres(), 3));
  }

  static String detour(Transport.Distance distance) {
    return Decimals.canonical(BigDecimal.valueOf(distance.detourThousandths(), 3));
  }
}
