package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.json.Findings;
import io.tracegram.runtime.json.Place;
import java.util.Map;

/**
 * Walks the whole of an event: its size, texts that are Unicode, numbers that can be written out,
 * and names inside extensions. Single-threaded.
 */
final class Extensions {
  /** Most characters of names and values in one event. */
  static final int MOST_CHARACTERS = 262_144;

  /** Most characters of names and values in one event's extensions. */
  static final int MOST_EXTENDED = 65_536;

  private final Checks checks;
  private final Findings findings;
  private int characters;
  private int extended;

  Extensions(Checks checks, Findings findings) {
    this.checks = checks;
    this.findings = findings;
  }

  void check(ObjectNode event, Place place) {
    walk(event, place, false);
    if (characters > MOST_CHARACTERS) {
      findings.add(
          place,
          "has " + characters + " characters of names and values, at most " + MOST_CHARACTERS);
    }
    if (extended > MOST_EXTENDED) {
      findings.add(
          place,
          "has "
              + extended
              + " characters of extensions, at most "
              + MOST_EXTENDED
              + ": keep large data elsewhere and put its URI here");
    }
  }

  private void walk(JsonNode value, Place place, boolean inExtension) {
    if (findings.isFull()) {
      return;
    }
    if (value instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        String name = member.getKey();
        Place at = place.to(name);
        boolean extension = inExtension || name.indexOf(':') >= 0;
        if (inExtension) {
          name(name, at);
        }
        unicode(name, at);
        count(name.length(), extension);
        walk(member.getValue(), at, extension);
      }
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        walk(value.get(i), place.to(i), inExtension);
      }
    } else if (value.isTextual()) {
      unicode(value.textValue(), place);
      count(value.textValue().length(), inExtension);
    } else if (value.isNumber()) {
      count(8, inExtension);
      if (!HashText.isWritable(value.decimalValue())) {
        findings.add(place, "is a number beyond all bounds");
      }
    } else if (value.isNull() && !inExtension) {
      findings.add(place, "is null: leave the member out");
    }
  }

  private void count(int length, boolean inExtension) {
    characters += length + 1;
    extended += inExtension ? length + 1 : 0;
  }

  private void name(String name, Place place) {
    if (name.equals("@context") || name.startsWith("@xmlns")) {
      findings.add(place, "must stand in the document's @context");
    } else if (name.indexOf(':') >= 0) {
      checks.prefixed(name, place);
    }
  }

  private void unicode(String text, Place place) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (Character.isSurrogate(character)) {
        boolean pair =
            Character.isHighSurrogate(character)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          findings.add(place, "is no Unicode text: half of a surrogate pair stands alone");
          return;
        }
        i++;
      }
    }
  }
}
