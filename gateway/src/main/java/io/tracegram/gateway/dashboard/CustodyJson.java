package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.custody.BusinessTransaction;
import io.tracegram.ledger.custody.ContainerId;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.Weighing;
import io.tracegram.ledger.evidence.statement.Tag;
import io.tracegram.runtime.web.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** Custody events and what portals read, as the evidence of a leaf shows them. Stateless. */
final class CustodyJson {
  private CustodyJson() {}

  static ObjectNode event(CustodyEvent event) {
    ObjectNode json =
        Json.object()
            .put("event", StatementJson.word(event.type()))
            .put("time", Json.time(event.eventMillis()))
            .put("readPoint", event.readPoint())
            .put("bizLocation", event.bizLocation())
            .put("destination", event.destination().orElse(null));
    json.set("inputs", Json.array(event.inputs(), CustodyJson::quantity));
    json.set("outputs", Json.array(event.outputs(), CustodyJson::quantity));
    CustodyEvent.Detail detail = event.detail();
    if (!detail.units().isEmpty()) {
      json.set("units", Json.array(detail.units(), CustodyJson::unit));
    }
    detail.transaction().ifPresent(known -> json.set("transaction", transaction(known)));
    if (!detail.weighings().isEmpty()) {
      json.set("weighings", Json.array(detail.weighings(), CustodyJson::weighing));
    }
    return json;
  }

  private static ObjectNode quantity(CustodyEvent.LotQuantity quantity) {
    return Json.object()
        .put("lot", quantity.lot().path())
        .put("massKg", quantity.mass().kilograms());
  }

  static ObjectNode unit(ContainerId unit) {
    return Json.object()
        .put("id", unit.path())
        .put("number", unit.number())
        .put("returnable", unit.isReturnable());
  }

  private static ObjectNode transaction(BusinessTransaction transaction) {
    return Json.object()
        .put("type", StatementJson.word(transaction.type()))
        .put("number", transaction.number());
  }

  private static ObjectNode weighing(Weighing weighing) {
    return Json.object()
        .put("scale", weighing.scale())
        .put("measured", Json.time(weighing.measuredMillis()))
        .put("massKg", weighing.mass().kilograms());
  }

  static ObjectNode tag(Tag tag) {
    return Json.object()
        .put("epc", HexFormat.of().withUpperCase().formatHex(tag.epc().bytes()))
        .put("antenna", tag.antenna())
        .put("rssiDbm", tag.rssiDbm())
        .put("firstSeen", Instant.EPOCH.plus(tag.firstSeenMicros(), ChronoUnit.MICROS).toString())
        .put("seen", Json.time(tag.seenMillis()))
        .put("count", tag.count());
  }
}
