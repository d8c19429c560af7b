package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.web.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a page as an EPCIS query document. Terms keep the meaning they were captured with:
 * contexts that agree become the document's, an event of another meaning carries its own.
 * Single-threaded.
 */
final class QueryDocument {
  /** The standard's context. */
  public static final String CONTEXT =
      "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

  static final String PREFIX = "tracegram";
  static final String NAMESPACE = "https://tracegram.io/ns/";
  private static final String MEMBER = "@context";

  private final Map<String, JsonNode> terms = new LinkedHashMap<>();
  private final Set<String> standards = new LinkedHashSet<>();
  private ArrayNode common = Json.array();

  private QueryDocument() {
    terms.put(PREFIX, Json.array().textNode(NAMESPACE));
  }

  /**
   * Writes a page.
   *
   * @param format in which identifiers are written
   */
  static String of(EventPage page, long nowMillis, EpcFormat format) {
    return new QueryDocument().write(page, nowMillis, format);
  }

  private String write(EventPage page, long nowMillis, EpcFormat format) {
    Set<String> foreign = contexts(page.events());
    List<String> events = new ArrayList<>();
    ArrayNode evidence = Json.array();
    for (StoredEvent event : page.events()) {
      boolean own = foreign.contains(event.context());
      events.add(
          own || format != EpcFormat.NEVER_TRANSLATES ? changed(event, own, format) : event.json());
      evidence.add(
          Json.object()
              .put("eventID", event.eventId())
              .put("log", event.log())
              .put("leaf", event.leaf())
              .put(
                  "origin",
                  switch (event.origin()) {
                    case OWN -> "own";
                    case CAPTURED -> "captured";
                  }));
    }
    ObjectNode head = Json.object();
    head.set(MEMBER, common);
    head.put("type", "EPCISQueryDocument")
        .put("schemaVersion", "2.0")
        .put("creationDate", Json.time(nowMillis));
    String start = EventText.write(head);
    return start.substring(0, start.length() - 1)
        + ",\"epcisBody\":{\"queryResults\":{\"queryName\":\"SimpleEventQuery\",\"resultsBody\":"
        + "{\"eventList\":["
        + String.join(",", events)
        + "]}}},\"tracegram:asOf\":"
        + page.asOf().getFirst().size()
        + logs(page.asOf())
        + ",\"tracegram:evidence\":"
        + EventText.write(evidence)
        + "}";
  }

  /** Says how much is known of every log, where there are several. */
  private static String logs(List<LogSize> asOf) {
    if (asOf.size() == 1) {
      return "";
    }
    ArrayNode logs = Json.array();
    asOf.forEach(log -> logs.addObject().put("log", log.origin()).put("asOf", log.size()));
    return ",\"tracegram:logs\":" + EventText.write(logs);
  }

  private static String changed(StoredEvent event, boolean own, EpcFormat format) {
    ObjectNode json = format.event((ObjectNode) EventText.read(event.json()));
    if (own && !json.has(MEMBER)) {
      ObjectNode with = Json.object();
      with.set(MEMBER, EventText.read(event.context()));
      json = with.setAll(json);
    }
    return EventText.write(json);
  }

  /** Makes the common context; returns the contexts that do not agree with it. */
  private Set<String> contexts(List<StoredEvent> events) {
    Set<String> all = new LinkedHashSet<>();
    events.forEach(event -> all.add(event.context()));
    Set<String> foreign = new LinkedHashSet<>();
    if (all.size() == 1 && agrees(EventText.read(all.iterator().next()), false)) {
      // one document's context is kept as it was written
      common = (ArrayNode) EventText.read(all.iterator().next()).deepCopy();
    } else {
      for (String one : all) {
        JsonNode context = EventText.read(one);
        if (agrees(context, true)) {
          take(context);
        } else {
          foreign.add(one);
        }
      }
      if (standards.isEmpty()) {
        standards.add(CONTEXT);
      }
      standards.forEach(common::add);
    }
    if (!says(common, PREFIX)) {
      ObjectNode named = Json.object();
      terms.forEach(named::set);
      common.add(named);
    }
    return foreign;
  }

  private static boolean says(ArrayNode context, String term) {
    for (JsonNode entry : context) {
      if (entry.has(term)) {
        return true;
      }
    }
    return false;
  }

  /** Says whether a context means nothing else by any term than those taken so far. */
  private boolean agrees(JsonNode context, boolean merged) {
    for (JsonNode entry : context) {
      if (entry.isTextual()) {
        if (merged && !isStandard(entry.textValue())) {
          return false;
        }
      } else {
        for (Map.Entry<String, JsonNode> term : entry.properties()) {
          JsonNode known = terms.get(term.getKey());
          if ((merged && term.getKey().startsWith("@"))
              || (known != null && !known.equals(term.getValue()))) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean isStandard(String uri) {
    return uri.startsWith("https://ref.gs1.org/standards/epcis/")
        || uri.startsWith("https://gs1.github.io/EPCIS/");
  }

  private void take(JsonNode context) {
    for (JsonNode entry : context) {
      if (entry.isTextual()) {
        standards.add(entry.textValue());
      } else {
        entry.properties().forEach(term -> terms.put(term.getKey(), term.getValue()));
      }
    }
  }
}
