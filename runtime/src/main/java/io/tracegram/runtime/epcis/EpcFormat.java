package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tracegram.runtime.epcis.identifier.EpcUrn;
import io.tracegram.runtime.epcis.identifier.Gs1Uri;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** In which form an answer writes GS1 identifiers (header {@code GS1-EPC-Format}). */
enum EpcFormat {
  /** As they were captured, ours as Digital Links: the default. */
  NEVER_TRANSLATES("Never_Translates") {
    @Override
    String identifier(String uri) {
      return uri;
    }
  },

  /** EPC URNs become Digital Links. */
  DIGITAL_LINK("Always_GS1_Digital_Link") {
    @Override
    String identifier(String uri) {
      return uri.startsWith(URN) ? Gs1Uri.canonical(uri).orElse(uri) : uri;
    }
  },

  /**
   * Digital Links become EPC URNs where their key has one. A link does not say how long its company
   * prefix is: {@link EpcUrn#FALLBACK_LENGTH} digits are taken, so that the URN names the same key,
   * but perhaps not as its owner writes it.
   */
  EPC_URN("Always_EPC_URN") {
    @Override
    String identifier(String uri) {
      return uri.startsWith(URN) ? uri : EpcUrn.of(uri, EpcUrn.FALLBACK_LENGTH).orElse(uri);
    }
  };

  private static final String URN = "urn:";

  private final String word;

  EpcFormat(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** Lists all that is offered, the default first. */
  static String words() {
    return Arrays.stream(values()).map(EpcFormat::word).collect(Collectors.joining(", "));
  }

  /** Returns a URI in this form; the same if it names no GS1 key, or has no such form. */
  abstract String identifier(String uri);

  /** Returns an event with its identifiers in this form, and all else as it is. */
  ObjectNode event(ObjectNode event) {
    ObjectNode translated = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : event.properties()) {
      translated.set(member.getKey(), value(member.getKey(), member.getValue()));
    }
    return translated;
  }

  private JsonNode value(String name, JsonNode value) {
    if (name.indexOf(':') >= 0 || name.equals("@context") || name.equals("ilmd")) {
      return value;
    }
    return switch (value) {
      case ObjectNode object -> event(object);
      case ArrayNode array -> {
        ArrayNode items = JsonNodeFactory.instance.arrayNode(array.size());
        array.forEach(item -> items.add(value(name, item)));
        yield items;
      }
      case TextNode text when NormalForm.isOfIdentifiers(name) ->
          TextNode.valueOf(identifier(text.textValue()));
      default -> value;
    };
  }
}
