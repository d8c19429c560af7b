package io.tracegram.cloud.declaration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.LotDetail;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Component;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.runtime.web.Json;
import java.util.Locale;

/** What a lot was made of, stop by stop, as JSON. Stateless. */
final class JourneyJson {
  private JourneyJson() {}

  static ArrayNode of(Journey journey) {
    return Json.array(journey.stops(), JourneyJson::stop);
  }

  private static ObjectNode stop(Journey.Stop stop) {
    Declaration.Component part = stop.part();
    ObjectNode json =
        Json.object()
            .put("depth", stop.depth())
            .put("into", stop.into().path())
            .put("lot", part.lot().path())
            .put("product", part.product())
            .put("facility", part.facility())
            .put("massKg", part.mass().kilograms())
            .put("co2eKg", part.co2e().kilograms())
            .put("basis", part.basis().name().toLowerCase(Locale.ROOT));
    json.set("wholeLot", stop.account().map(JourneyJson::account).orElse(null));
    json.set(
        "evidence",
        Json.object()
            .put("origin", part.evidence().origin())
            .put("leafIndex", part.evidence().leafIndex())
            .put("proofUrl", part.evidence().proofUrl()));
    json.set("footprint", stop.footprint().map(JourneyJson::footprint).orElse(null));
    return json.put("custody", Links.custody(part.lot()).orElse(null));
  }

  private static ObjectNode footprint(Journey.Footprint footprint) {
    return Json.object()
        .put("origin", footprint.origin())
        .put("leafIndex", footprint.leaf())
        .put("signedBy", footprint.key().map(Hash::hex).orElse(null))
        .put("proofUrl", footprint.proofUrl());
  }

  private static ObjectNode account(LotAccount account) {
    ObjectNode json =
        Json.object()
            .put("massKg", account.mass().kilograms())
            .put("co2eKg", account.total().kilograms())
            .put("ownKg", account.own().co2e().kilograms())
            .put("ownKwh", account.own().energy().kilowattHours())
            .put("inheritedKg", account.inherited().kilograms());
    return json.set("components", account.detail().map(JourneyJson::components).orElse(null));
  }

  /** Returns what of a component is known, null where not all is; those that count add up. */
  static ObjectNode components(LotDetail detail) {
    ObjectNode json = Json.object();
    Burden carried = detail.carried();
    for (Component component : Component.values()) {
      if (component.counts(detail.headline())) {
        json.put(
            component.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            carried.knows(component) ? new Co2e(carried.of(component)).kilograms() : null);
      }
    }
    return json;
  }
}
