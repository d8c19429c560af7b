package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.config.Suggestion;
import io.tracegram.runtime.json.Excerpt;
import io.tracegram.runtime.json.Findings;
import io.tracegram.runtime.json.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules of a document around its events (EPCIS 2.0 §10.1). Stateless. */
final class DocumentCheck {
  private static final Set<String> MEMBERS =
      Set.of(
          "@context",
          "id",
          "type",
          "schemaVersion",
          "creationDate",
          "instanceIdentifier",
          "sender",
          "receiver",
          "epcisHeader",
          "epcisBody");

  private DocumentCheck() {}

  static void document(ObjectNode document, Namespaces namespaces, Findings findings) {
    Checks checks = new Checks(namespaces, findings);
    Place place = Place.ROOT;
    if (!type(document, findings)) {
      return;
    }
    checks.members(document, MEMBERS, true, place);
    checks.uri(document, "id", place);
    checks.required(document, "schemaVersion", place, "\"2.0\"");
    checks
        .text(document, "schemaVersion", place)
        .filter(version -> !version.matches("2(\\.\\d{1,9}){0,3}"))
        .ifPresent(
            version ->
                findings.add(
                    place.to("schemaVersion"),
                    Excerpt.quoted(version) + " is not a version of EPCIS 2: write \"2.0\""));
    checks.required(document, "creationDate", place, "when the document was made");
    checks.time(document, "creationDate", place);
    for (String party : List.of("instanceIdentifier", "sender", "receiver")) {
      checks.text(document, party, place);
    }
    checks.object(document.path("epcisHeader"), place.to("epcisHeader"));
    body(document, checks, findings);
  }

  private static boolean type(ObjectNode document, Findings findings) {
    JsonNode type = document.path("type");
    if (type.isTextual() && type.textValue().equals("EPCISDocument")) {
      return true;
    }
    List<String> known = new ArrayList<>(List.of("EPCISDocument"));
    for (EventType event : EventType.values()) {
      known.add(event.text());
    }
    if (type.isMissingNode()) {
      findings.add(Place.ROOT, "lacks 'type'" + Suggestion.clause("", known));
    } else {
      findings.add(
          Place.ROOT.to("type"),
          "must be EPCISDocument, or the type of one event"
              + Suggestion.clause(type.asText(), known));
    }
    return false;
  }

  private static void body(ObjectNode document, Checks checks, Findings findings) {
    Place place = Place.ROOT.to("epcisBody");
    checks.required(document, "epcisBody", Place.ROOT, "which holds the 'eventList'");
    checks
        .object(document.path("epcisBody"), place)
        .ifPresent(
            body -> {
              checks.members(body, Set.of("eventList"), true, place);
              checks.required(body, "eventList", place, "the array of events");
              int events = checks.array(body, "eventList", place).size();
              if (events > EpcisJudge.MOST_EVENTS) {
                findings.add(
                    place.to("eventList"),
                    "holds "
                        + events
                        + " events, at most "
                        + EpcisJudge.MOST_EVENTS
                        + ": split it");
              }
            });
  }
}
