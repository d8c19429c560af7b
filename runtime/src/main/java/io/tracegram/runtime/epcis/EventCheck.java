package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.config.Suggestion;
import io.tracegram.runtime.json.Excerpt;
import io.tracegram.runtime.json.Findings;
import io.tracegram.runtime.json.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of events (EPCIS 2.0 §7.4, §10), all of one event's faults at once. Single-threaded.
 */
final class EventCheck {
  private static final Set<String> ACTIONS = Set.of("OBSERVE", "ADD", "DELETE");

  private final Checks checks;
  private final SensorCheck sensors;
  private final Extensions extensions;
  private final Findings findings;

  EventCheck(Namespaces namespaces, Findings findings) {
    checks = new Checks(namespaces, findings);
    sensors = new SensorCheck(checks, findings);
    extensions = new Extensions(checks, findings);
    this.findings = findings;
  }

  void event(ObjectNode event, Place place) {
    extensions.check(event, place);
    if (!event.has("type")) {
      findings.add(place, "lacks 'type'" + Suggestion.clause("", types()));
      return;
    }
    Optional<String> text = checks.text(event, "type", place);
    Optional<EventType> type = text.flatMap(EventType::of);
    if (type.isEmpty()) {
      text.ifPresent(
          name ->
              findings.add(
                  place.to("type"),
                  Excerpt.quoted(name)
                      + " is no type of event known here"
                      + Suggestion.clause(name, types())));
      return;
    }
    members(event, type.get(), place);
    common(event, place);
    what(event, type.get(), place);
  }

  private static List<String> types() {
    return Arrays.stream(EventType.values()).map(EventType::text).toList();
  }

  private void members(ObjectNode event, EventType type, Place place) {
    for (String name : (Iterable<String>) event::fieldNames) {
      if (type.members().contains(name)) {
        continue;
      }
      if (name.indexOf(':') >= 0) {
        checks.prefixed(name, place.to(name));
      } else {
        findings.add(
            place.to(name),
            "is no member of a "
                + type.text()
                + EventType.having(name)
                    .map(other -> ", but of a " + other.text())
                    .orElseGet(() -> Suggestion.clause(name, type.members())));
      }
    }
  }

  private void common(ObjectNode event, Place place) {
    checks.required(event, "eventTime", place, "when it happened");
    checks.required(event, "eventTimeZoneOffset", place, "such as +01:00");
    checks.time(event, "eventTime", place);
    checks.time(event, "recordTime", place);
    checks
        .text(event, "eventTimeZoneOffset", place)
        .filter(offset -> !EpcisTime.isOffset(offset))
        .ifPresent(
            offset ->
                findings.add(
                    place.to("eventTimeZoneOffset"),
                    Excerpt.quoted(offset)
                        + " is no offset from -14:00 to +14:00, such as +01:00"));
    checks.uri(event, "eventID", place);
    if (event.path("certificationInfo").isArray()) {
      checks.uris(event, "certificationInfo", place);
    } else {
      checks.uri(event, "certificationInfo", place);
    }
    checks.term(event, "bizStep", Vocabulary.BUSINESS_STEP, place);
    checks.term(event, "disposition", Vocabulary.DISPOSITION, place);
    location(event, "readPoint", place);
    location(event, "bizLocation", place);
    typed(event, "bizTransaction", Vocabulary.BUSINESS_TRANSACTION, place);
    typed(event, "source", Vocabulary.SOURCE_OR_DESTINATION, place);
    typed(event, "destination", Vocabulary.SOURCE_OR_DESTINATION, place);
    sensors.elements(event, place);
    persistent(event, place.to("persistentDisposition"));
    declaration(event, place.to("errorDeclaration"));
  }

  private void location(ObjectNode event, String member, Place place) {
    Place at = place.to(member);
    checks
        .object(event.path(member), at)
        .ifPresent(
            location -> {
              checks.members(location, Set.of("id"), true, at);
              checks.required(location, "id", at, "the URI of the place");
              checks.uri(location, "id", at);
            });
  }

  /** A list of identifiers, each with its type; only a business transaction may have none. */
  private void typed(ObjectNode event, String member, Vocabulary vocabulary, Place place) {
    List<JsonNode> items = checks.array(event, member + "List", place);
    for (int i = 0; i < items.size() && !findings.isFull(); i++) {
      Place at = place.to(member + "List").to(i);
      checks
          .object(items.get(i), at)
          .ifPresent(
              item -> {
                checks.members(item, Set.of("type", member), false, at);
                checks.required(item, member, at, "its URI");
                checks.uri(item, member, at);
                if (vocabulary != Vocabulary.BUSINESS_TRANSACTION) {
                  checks.required(item, "type", at, "such as possessing_party");
                }
                checks.term(item, "type", vocabulary, at);
              });
    }
  }

  private void persistent(ObjectNode event, Place place) {
    checks
        .object(event.path("persistentDisposition"), place)
        .ifPresent(
            disposition -> {
              checks.members(disposition, Set.of("set", "unset"), false, place);
              if (disposition.isEmpty()) {
                findings.add(place, "needs 'set' or 'unset'");
              }
              checks.terms(disposition, "set", Vocabulary.DISPOSITION, place);
              checks.terms(disposition, "unset", Vocabulary.DISPOSITION, place);
            });
  }

  private void declaration(ObjectNode event, Place place) {
    checks
        .object(event.path("errorDeclaration"), place)
        .ifPresent(
            declaration -> {
              checks.members(
                  declaration,
                  Set.of("declarationTime", "reason", "correctiveEventIDs"),
                  true,
                  place);
              checks.required(declaration, "declarationTime", place, "when it was declared");
              checks.time(declaration, "declarationTime", place);
              checks.term(declaration, "reason", Vocabulary.ERROR_REASON, place);
              checks.uris(declaration, "correctiveEventIDs", place);
            });
  }

  private void what(ObjectNode event, EventType type, Place place) {
    for (String member : List.of("epcList", "childEPCs", "inputEPCList", "outputEPCList")) {
      checks.uris(event, member, place);
    }
    for (String member :
        List.of("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")) {
      quantities(event, member, place);
    }
    checks.uri(event, "parentID", place);
    checks.uri(event, "transformationID", place);
    boolean observes = action(event, type, place);
    switch (type) {
      case OBJECT_EVENT -> {
        boolean sensed = hasItems(event, "sensorElementList") && event.has("readPoint");
        if (!event.has("epcList") && !hasItems(event, "quantityList") && !sensed) {
          findings.add(
              place,
              "names no object: give 'epcList' or 'quantityList', or 'sensorElementList' with"
                  + " 'readPoint'");
        }
        ilmd(event, event.path("action").asText().equals("ADD"), place);
      }
      case AGGREGATION_EVENT, ASSOCIATION_EVENT -> {
        if (type == EventType.ASSOCIATION_EVENT || !observes) {
          checks.required(event, "parentID", place, "what the children are in or on");
        }
        children(event, place);
      }
      case TRANSACTION_EVENT -> {
        if (!hasItems(event, "bizTransactionList")) {
          findings.add(place, "needs at least one business transaction in 'bizTransactionList'");
        }
        if (!event.has("epcList") && !hasItems(event, "quantityList") && !isDelete(event)) {
          findings.add(place, "names no object: give 'epcList' or 'quantityList'");
        }
      }
      case TRANSFORMATION_EVENT -> {
        transformed(event, place);
        ilmd(event, true, place);
      }
    }
  }

  /** Returns whether the action only observes. */
  private boolean action(ObjectNode event, EventType type, Place place) {
    if (type == EventType.TRANSFORMATION_EVENT) {
      return true;
    }
    checks.required(event, "action", place, "one of ADD, OBSERVE, DELETE");
    Optional<String> action = checks.text(event, "action", place);
    action
        .filter(text -> !ACTIONS.contains(text))
        .ifPresent(
            text ->
                findings.add(
                    place.to("action"), Excerpt.quoted(text) + " is not ADD, OBSERVE or DELETE"));
    return action.filter(text -> !text.equals("OBSERVE")).isEmpty();
  }

  private static boolean isDelete(ObjectNode event) {
    return event.path("action").asText().equals("DELETE");
  }

  private void children(ObjectNode event, Place place) {
    if (!hasItems(event, "childEPCs")
        && !hasItems(event, "childQuantityList")
        && !isDelete(event)) {
      findings.add(place, "names no child: give 'childEPCs' or 'childQuantityList'");
    }
  }

  private void transformed(ObjectNode event, Place place) {
    boolean input = hasItems(event, "inputEPCList") || hasItems(event, "inputQuantityList");
    boolean output = hasItems(event, "outputEPCList") || hasItems(event, "outputQuantityList");
    if (!input && !output) {
      findings.add(place, "transforms nothing: give inputs and outputs");
    } else if (!(input && output) && !event.has("transformationID")) {
      findings.add(
          place,
          "has "
              + (input ? "inputs but no outputs" : "outputs but no inputs")
              + ": give both, or a 'transformationID' that joins this event to the others");
    }
  }

  private static boolean hasItems(ObjectNode event, String member) {
    return event.path(member).isArray() && !event.path(member).isEmpty();
  }

  private void ilmd(ObjectNode event, boolean allowed, Place place) {
    Place at = place.to("ilmd");
    if (event.has("ilmd") && !allowed) {
      findings.add(at, "may only stand where objects begin to exist: with action ADD");
    }
    checks
        .object(event.path("ilmd"), at)
        .ifPresent(ilmd -> checks.members(ilmd, Set.of(), true, at));
  }

  private void quantities(ObjectNode event, String member, Place place) {
    List<JsonNode> items = checks.array(event, member, place);
    for (int i = 0; i < items.size() && !findings.isFull(); i++) {
      Place at = place.to(member).to(i);
      checks.object(items.get(i), at).ifPresent(quantity -> quantity(quantity, at));
    }
  }

  private void quantity(ObjectNode quantity, Place place) {
    checks.members(quantity, Set.of("epcClass", "quantity", "uom"), false, place);
    checks.required(quantity, "epcClass", place, "the URI of the lot or product");
    checks.uri(quantity, "epcClass", place);
    checks
        .decimal(quantity, "quantity", place)
        .ifPresent(
            amount -> {
              if (amount.signum() <= 0) {
                findings.add(place.to("quantity"), "must be more than zero");
              } else if (!quantity.has("uom")
                  && HashText.isWritable(amount)
                  && amount.stripTrailingZeros().scale() > 0) {
                findings.add(
                    place.to("quantity"),
                    "counts objects where 'uom' is absent: give a whole number");
              }
            });
    checks.unit(quantity, "uom", place);
    if (quantity.has("uom") && !quantity.has("quantity")) {
      findings.add(place, "has a 'uom' but no 'quantity'");
    }
  }
}
