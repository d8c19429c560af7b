package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.FootprintState;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint;
import io.tracegram.ledger.quantity.Decimals;
import io.tracegram.runtime.web.Json;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Declared footprints as the JSON interface writes them. Stateless. */
final class FootprintJson {
  private FootprintJson() {}

  static ObjectNode of(FootprintState known, LogStatus log) {
    ObjectNode json =
        of(known.footprint())
            .put("sha256", known.sha256().hex())
            .put("lot", known.lot().map(LotId::path).orElse(null))
            .put("state", state(known))
            .put("successor", leaf(known.successor()))
            .put("lots", known.used());
    ClaimJson.signed(json, known.key());
    known.lots().stream().map(LotId::path).forEach(json.putArray("restingLots")::add);
    return json.set("evidence", AccountJson.evidence(OptionalLong.of(known.leaf()), log));
  }

  static ObjectNode of(DeclaredFootprint footprint) {
    ObjectNode json =
        Json.object()
            .put("id", footprint.id())
            .put("status", footprint.active() ? "Active" : "Deprecated")
            .put("company", footprint.company())
            .put("product", footprint.product());
    footprint.gtins().forEach(json.putArray("gtins")::add);
    footprint.preceding().forEach(json.putArray("precedingPfIds")::add);
    json.put("per", Decimals.canonical(footprint.per().amount()))
        .put("unit", footprint.per().unit().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .put("unitMassKg", Decimals.canonical(footprint.per().unitKilograms()))
        .put("co2eKg", Decimals.canonical(footprint.kilograms()))
        .put("primaryDataSharePercent", Decimals.canonical(footprint.primaryPercent()))
        .put("validFrom", Json.time(footprint.valid().fromMillis()))
        .put("validTo", Json.time(footprint.valid().toMillis()))
        .put("referenceFrom", Json.time(footprint.reference().fromMillis()))
        .put("referenceTo", Json.time(footprint.reference().toMillis()));
    footprint.gwp().forEach(set -> json.withArray("gwp").add(set.name()));
    return json;
  }

  private static String state(FootprintState known) {
    if (known.deprecated()) {
      return "deprecated";
    }
    return known.successor().isPresent() ? "replaced" : "in force";
  }

  private static @Nullable Long leaf(OptionalLong leaf) {
    return leaf.isPresent() ? leaf.getAsLong() : null;
  }
}
