package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.Entry;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.Mark;
import io.tracegram.ledger.account.MeterSlice;
import io.tracegram.ledger.account.Posting;
import io.tracegram.ledger.account.Price;
import io.tracegram.ledger.account.Revision;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Decimals;
import io.tracegram.runtime.web.Json;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The whole account of an interval as the JSON interface writes it. Stateless. */
final class FacilityIntervalJson {
  private FacilityIntervalJson() {}

  /** Returns what the summary of an interval does not say. */
  static ObjectNode of(FacilityInterval interval) {
    ObjectNode json = Json.object();
    json.set("revision", revision(interval.revision()));
    json.put("headline", interval.headline().name());
    json.set("postings", Json.array(interval.postings(), FacilityIntervalJson::posting));
    json.set("entries", Json.array(interval.entries(), FacilityIntervalJson::entry));
    json.set("meters", Json.array(interval.meters(), FacilityIntervalJson::meter));
    json.set("marks", Json.array(interval.marks(), FacilityIntervalJson::mark));
    return json;
  }

  static ObjectNode revision(Revision revision) {
    return Json.object()
        .put("number", revision.number())
        .put("replaces", leaf(revision.previous()))
        .put("cause", leaf(revision.cause()));
  }

  static ObjectNode posting(Posting posting) {
    return Json.object()
        .put("source", posting.source())
        .put("carrier", posting.carrier())
        .put("scope", posting.scope().ordinal() + 1)
        .put("amount", millionths(posting.amount()))
        .put("biogenicCo2Kg", posting.biogenic().kilograms())
        .set("prices", Json.array(posting.prices(), FacilityIntervalJson::price));
  }

  private static ObjectNode price(Price price) {
    return Json.object()
        .put("basis", price.basis().name())
        .put("co2eKg", price.co2e().map(Co2e::kilograms).orElse(null))
        .put("factor", price.factor())
        .put("estimated", price.estimated());
  }

  static ObjectNode entry(Entry entry) {
    return Json.object()
        .put("carrier", entry.carrier())
        .put("node", entry.node())
        .put("cell", word(entry.cell().kind()))
        .put("order", entry.cell().order().isEmpty() ? null : entry.cell().order())
        .put("amount", millionths(entry.amount()));
  }

  static ObjectNode meter(MeterSlice meter) {
    return Json.object()
        .put("meter", meter.meter())
        .put("register", meter.export() ? "energy-export" : "energy-import")
        .put("amount", millionths(meter.slice().energy()))
        .put("measured", millionths(meter.slice().measured()))
        .put("interpolated", millionths(meter.slice().interpolated()))
        .put("estimated", millionths(meter.slice().estimated()))
        .put("imported", millionths(meter.slice().imported()))
        .put("unknownUpTo", millionths(meter.slice().unknownUpTo()))
        .put("missingMillis", meter.slice().missingMillis())
        .put("firstLeaf", leaf(meter.firstLeaf()))
        .put("lastLeaf", leaf(meter.lastLeaf()));
  }

  private static ObjectNode mark(Mark mark) {
    return Json.object().put("node", mark.node()).put("mark", word(mark.kind()));
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String millionths(long amount) {
    return Decimals.canonical(BigDecimal.valueOf(amount, 6));
  }

  static @Nullable Long leaf(long leaf) {
    return leaf < 0 ? null : (Long) leaf;
  }
}
