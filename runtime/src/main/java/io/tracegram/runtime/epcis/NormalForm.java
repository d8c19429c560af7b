package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tracegram.runtime.epcis.identifier.Gs1Uri;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a valid event in the one form in which events are compared: standard terms bare, GS1
 * identifiers as canonical Digital Links, times in UTC to the millisecond. Extensions and all else
 * stay as captured. Immutable.
 */
final class NormalForm {
  private static final Set<String> TIMES =
      Set.of("eventTime", "recordTime", "declarationTime", "time", "startTime", "endTime");

  /** Members whose values, or each of them, are identifiers. */
  private static final Set<String> IDENTIFIERS =
      Set.of(
          "epcList",
          "childEPCs",
          "inputEPCList",
          "outputEPCList",
          "epcClass",
          "parentID",
          "transformationID",
          "id",
          "bizTransaction",
          "source",
          "destination",
          "deviceID",
          "deviceMetadata",
          "rawData",
          "dataProcessingMethod",
          "bizRules",
          "certificationInfo",
          "uriValue");

  private final Namespaces namespaces;

  NormalForm(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  ObjectNode of(ObjectNode event) {
    return members(event, "");
  }

  private ObjectNode members(ObjectNode object, String parent) {
    ObjectNode normal = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      boolean asCaptured = name.indexOf(':') >= 0 || name.equals("@context") || name.equals("ilmd");
      normal.set(name, asCaptured ? value : value(name, value, parent));
    }
    return normal;
  }

  private JsonNode value(String name, JsonNode value, String parent) {
    return switch (value) {
      case ObjectNode object -> members(object, name);
      case ArrayNode array -> {
        ArrayNode items = JsonNodeFactory.instance.arrayNode(array.size());
        array.forEach(item -> items.add(value(name, item, parent)));
        yield items;
      }
      case TextNode text ->
          text(name, text.textValue(), parent).<JsonNode>map(TextNode::valueOf).orElse(text);
      default -> value;
    };
  }

  private Optional<String> text(String name, String text, String parent) {
    if (TIMES.contains(name)) {
      return EpcisTime.instant(text).map(EpcisTime::utc);
    }
    if (IDENTIFIERS.contains(name)) {
      return Gs1Uri.canonical(text);
    }
    return Vocabulary.of(name, parent)
        .flatMap(
            vocabulary ->
                vocabulary.term(
                    namespaces.expand(text).map(Namespaces.Expanded::uri).orElse(text)));
  }

  /** Says whether the values of a member are identifiers. */
  static boolean isOfIdentifiers(String member) {
    return IDENTIFIERS.contains(member);
  }
}
