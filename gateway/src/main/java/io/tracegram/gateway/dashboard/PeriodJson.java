package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.Market;
import io.tracegram.ledger.account.PeriodAccount;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.InstrumentMatching.Matched;
import io.tracegram.ledger.emission.InstrumentMatching.Part;
import io.tracegram.ledger.emission.InstrumentMatching.Source;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.runtime.web.Json;

/** The account of a month as the JSON interface writes it. Stateless. */
final class PeriodJson {
  private PeriodJson() {}

  static ObjectNode of(PeriodAccount month) {
    ObjectNode json =
        Json.object()
            .put("from", Json.time(month.fromMillis()))
            .put("to", Json.time(month.toMillis()))
            .put("intervals", month.intervals())
            .put("absentIntervals", month.absent());
    json.set("revision", FacilityIntervalJson.revision(month.revision()));
    ObjectNode totals = json.putObject("co2eKg");
    for (Basis basis : month.bases()) {
      totals.put(basis.name(), month.co2e(basis).map(Co2e::kilograms).orElse(null));
    }
    json.set("postings", Json.array(month.postings(), FacilityIntervalJson::posting));
    json.set("parts", Json.array(month.parts(), PeriodJson::part));
    month.market().ifPresent(market -> json.set("market", market(market)));
    return json;
  }

  private static ObjectNode part(PeriodAccount.Part part) {
    ObjectNode json =
        Json.object()
            .put("cell", FacilityIntervalJson.word(part.kind()))
            .put("electricityKwh", part.electricity().kilowattHours());
    ObjectNode co2e = json.putObject("co2eKg");
    part.co2e()
        .forEach(
            amount ->
                co2e.put(amount.basis().name(), amount.co2e().map(Co2e::kilograms).orElse(null)));
    return json;
  }

  private static ObjectNode market(Market market) {
    ObjectNode json = Json.object().put("portfolio", market.portfolio());
    json.set("annual", matched(market.annual()));
    market.hourly().ifPresent(hourly -> json.set("hourly", matched(hourly.whole())));
    return json;
  }

  private static ObjectNode matched(Matched matched) {
    ObjectNode json = Json.object().put("uncoveredKwh", matched.uncovered().kilowattHours());
    json.set("parts", Json.array(matched.parts(), PeriodJson::carried));
    return json;
  }

  private static ObjectNode carried(Part part) {
    ObjectNode json =
        switch (part.source()) {
          case Source.OfInstrument(var id, var type) ->
              Json.object().put("by", FacilityIntervalJson.word(type)).put("instrument", id);
          case Source.ResidualMix(var factor) ->
              Json.object().put("by", "residual-mix").put("factor", factor);
          case Source.GridAverageFlagged(var factor) ->
              Json.object().put("by", "grid-average-flagged").put("factor", factor);
          case Source.Unpriced _ -> Json.object().put("by", "nothing");
        };
    return json.put("energyKwh", part.energy().kilowattHours())
        .put("co2eKg", part.co2e().map(Co2e::kilograms).orElse(null));
  }
}
