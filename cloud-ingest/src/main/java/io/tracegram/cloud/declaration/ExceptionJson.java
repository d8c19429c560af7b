package io.tracegram.cloud.declaration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.cloud.inventory.ExceptionQueries;
import io.tracegram.cloud.inventory.StoredException;
import io.tracegram.runtime.web.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is wrong with goods, as the API gives it. Stateless. */
final class ExceptionJson {
  private ExceptionJson() {}

  /** Writes a page, with how far the audits are that it stands on. */
  static ObjectNode page(
      ExceptionQueries.Page page,
      ExceptionQueries.Question question,
      List<FacilityOverview> facilities) {
    Map<String, String> origins =
        facilities.stream()
            .collect(Collectors.toMap(FacilityOverview::id, FacilityOverview::origin));
    ObjectNode json = Json.object().put("total", page.total());
    ObjectNode asOf = json.putObject("asOf");
    Map<String, Long> audited = new TreeMap<>();
    facilities.forEach(each -> audited.put(each.origin(), each.auditedSize()));
    audited.forEach(asOf::put);
    json.set("exceptions", Json.array(page.rows(), row -> row(row, origins)));
    long next = question.offset() + page.rows().size();
    return next < page.total() ? json.put("nextOffset", next) : json;
  }

  private static ObjectNode row(StoredException row, Map<String, String> origins) {
    ObjectNode json =
        Json.object()
            .put("facility", row.facility())
            .put("code", row.code())
            .put("subject", row.subject())
            .put("reason", row.reason())
            .put("effect", row.effect())
            .put("action", row.action())
            .put("since", Json.time(row.sinceMillis()))
            .put("count", row.count());
    json.set("evidence", evidence(row.evidence(), origins));
    row.other().ifPresent(other -> json.set("contradicts", evidence(other, origins)));
    return json;
  }

  private static ObjectNode evidence(
      StoredException.Evidence evidence, Map<String, String> origins) {
    return Json.object()
        .put("origin", origins.getOrDefault(evidence.facility(), evidence.facility()))
        .put("leaf", evidence.leaf());
  }
}
