package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns an event's JSON into the elements that the same event has in XML, for the event hash: lists
 * become elements of one name, prefixes become namespaces, bare terms Web URIs. Immutable.
 */
final class HashElements {
  private static final Set<String> IGNORED = Set.of("#text", "rdfs:comment", "comment", "@context");
  private static final Set<String> PAIRS =
      Set.of("bizTransactionList", "sourceList", "destinationList");

  private final Namespaces namespaces;

  HashElements(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  /** Returns an event's elements, its type among them. */
  List<HashElement> of(ObjectNode event) {
    return members(event, "");
  }

  private List<HashElement> members(ObjectNode object, String parent) {
    List<HashElement> elements = new ArrayList<>(object.size());
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!IGNORED.contains(member.getKey())) {
        member(member.getKey(), member.getValue(), parent, elements);
      }
    }
    return elements;
  }

  private void member(String key, JsonNode value, String parent, List<HashElement> elements) {
    String name = namespaces.expand(key).map(Namespaces.Expanded::inBraces).orElse(key);
    if (name.endsWith("List")) {
      List<HashElement> items = new ArrayList<>();
      String single = name.substring(0, name.length() - "List".length());
      for (JsonNode item : each(value)) {
        if (PAIRS.contains(name) && item instanceof ObjectNode pair) {
          items.add(pair(single, pair));
        } else {
          element(single, item, name, items);
        }
      }
      if (!items.isEmpty()) {
        elements.add(HashElement.of(name, "", items));
      }
    } else if (name.equals("childEPCs")) {
      List<HashElement> items = new ArrayList<>();
      each(value).forEach(item -> element("epc", item, name, items));
      if (!items.isEmpty()) {
        elements.add(HashElement.of(name, "", items));
      }
    } else {
      each(value).forEach(item -> element(name, item, parent, elements));
    }
  }

  private static Iterable<JsonNode> each(JsonNode value) {
    return value.isArray() ? value : List.of(value);
  }

  /** The type goes first, as in XML; a transaction may have none. */
  private HashElement pair(String name, ObjectNode pair) {
    List<HashElement> both = new ArrayList<>(2);
    for (String member : List.of("type", name)) {
      if (pair.has(member)) {
        element(member, pair.path(member), name, both);
      }
    }
    return HashElement.pair(both);
  }

  private void element(String name, JsonNode value, String parent, List<HashElement> elements) {
    switch (value) {
      case ObjectNode object ->
          elements.add(
              HashElement.of(
                  renamed(name, !object.isEmpty()),
                  object.path("#text").asText(""),
                  members(object, name)));
      case JsonNode array when array.isArray() -> {
        List<HashElement> items = new ArrayList<>();
        array.forEach(item -> element(item.path("type").asText(""), item, parent, items));
        elements.add(HashElement.of(renamed(name, !items.isEmpty()), "", items));
      }
      case JsonNode nothing when nothing.isNull() -> {
        // JSON-LD: the same as no member at all
      }
      default ->
          elements.add(HashElement.of(renamed(name, false), text(name, value, parent), List.of()));
    }
  }

  private static String renamed(String name, boolean hasChildren) {
    return switch (name) {
      case "inputEPC", "outputEPC" -> "epc";
      case "inputQuantity", "outputQuantity", "childQuantity" -> "quantityElement";
      case "quantity" -> hasChildren ? "quantityElement" : name;
      default -> name;
    };
  }

  private String text(String name, JsonNode value, String parent) {
    if (value.isNumber()) {
      return HashText.plain(value.decimalValue());
    }
    String text = value.asText();
    String expanded = namespaces.expand(text).map(Namespaces.Expanded::uri).orElse(text);
    return Vocabulary.of(name, parent)
        .flatMap(vocabulary -> vocabulary.term(expanded).map(vocabulary::webUri))
        .orElse(expanded);
  }
}
