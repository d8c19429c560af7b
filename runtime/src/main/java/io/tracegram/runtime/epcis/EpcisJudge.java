package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.json.BoundedJson;
import io.tracegram.runtime.json.Excerpt;
import io.tracegram.runtime.json.Fault;
import io.tracegram.runtime.json.Findings;
import io.tracegram.runtime.json.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges EPCIS 2.0 documents and bare events of strangers (JSON-LD): whole documents by their form,
 * then each event by itself, so that one bad event spoils no other. Stateless, thread-safe.
 */
public final class EpcisJudge {
  /** Most bytes of a document; the caller SHOULD read no more. */
  public static final int MOST_BYTES = 8 << 20;

  /** Most events of a document. */
  public static final int MOST_EVENTS = 10_000;

  /** What the bytes of a captured body are worth. */
  public JudgedDocument judge(byte[] body) {
    return switch (BoundedJson.read(body, MOST_BYTES)) {
      case BoundedJson.No(Fault fault) -> new JudgedDocument.Refused(List.of(fault));
      case BoundedJson.Whole(ObjectNode root) -> judge(root);
    };
  }

  private static JudgedDocument judge(ObjectNode root) {
    Findings findings = new Findings();
    boolean bare = EventType.of(root.path("type").asText()).isPresent();
    Namespaces namespaces = context(root, findings);
    if (!bare) {
      DocumentCheck.document(root, namespaces, findings);
    }
    if (!findings.isEmpty()) {
      return new JudgedDocument.Refused(findings.all());
    }
    List<JudgedEvent> events =
        bare
            ? events(List.of(root), Place.ROOT, true, namespaces)
            : events(
                root.path("epcisBody").path("eventList"),
                Place.ROOT.to("epcisBody").to("eventList"),
                false,
                namespaces);
    return new JudgedDocument.Read(asArray(root.path("@context")), events);
  }

  private static Namespaces context(ObjectNode root, Findings findings) {
    Place place = Place.ROOT.to("@context");
    if (!root.has("@context")) {
      findings.add(Place.ROOT, "lacks '@context', the URI of the EPCIS context at least");
      return Namespaces.NONE;
    }
    Namespaces namespaces = Namespaces.NONE.with(root.path("@context"), place, findings);
    if (!namespaces.isEpcis()) {
      findings.add(
          place, "must hold \"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"");
    }
    return namespaces;
  }

  private static ArrayNode asArray(JsonNode context) {
    return context instanceof ArrayNode array
        ? array
        : JsonNodeFactory.instance.arrayNode().add(context);
  }

  private static List<JudgedEvent> events(
      Iterable<JsonNode> list, Place place, boolean bare, Namespaces namespaces) {
    List<JudgedEvent> events = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    for (JsonNode event : list) {
      Place at = bare ? place : place.to(events.size());
      events.add(event(event, at, bare, namespaces, seen));
    }
    return List.copyOf(events);
  }

  private static JudgedEvent event(
      JsonNode node, Place place, boolean bare, Namespaces outer, Map<String, Place> seen) {
    Findings findings = new Findings();
    if (!(node instanceof ObjectNode event)) {
      findings.add(place, "must be an event, {…}");
      return new JudgedEvent.Invalid(findings.all());
    }
    Namespaces namespaces =
        bare || !event.has("@context")
            ? outer
            : outer.with(event.path("@context"), place.to("@context"), findings);
    new EventCheck(namespaces, findings).event(event, place);
    if (!findings.isEmpty()) {
      return new JudgedEvent.Invalid(findings.all());
    }
    String id =
        event.has("eventID") ? event.path("eventID").textValue() : EventHash.of(event, namespaces);
    // an error declaration repeats the event it takes back, its id included
    String once = (event.has("errorDeclaration") ? "error " : "") + id;
    Optional<Place> before = Optional.ofNullable(seen.putIfAbsent(once, place));
    if (before.isPresent()) {
      findings.add(
          event.has("eventID") ? place.to("eventID") : place,
          "is the same event as " + before.get().pointer() + ": " + Excerpt.of(id));
      return new JudgedEvent.Invalid(findings.all());
    }
    return new JudgedEvent.Valid(id, event, new NormalForm(namespaces).of(event));
  }
}
