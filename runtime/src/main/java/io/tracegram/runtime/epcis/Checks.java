package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.config.Suggestion;
import io.tracegram.runtime.epcis.identifier.Gs1Uri;
import io.tracegram.runtime.json.Excerpt;
import io.tracegram.runtime.json.Findings;
import io.tracegram.runtime.json.Place;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The checks of single values, which say what is wrong to one event's findings; what is absent is
 * in order. Single-threaded.
 */
final class Checks {
  private static final int LONGEST_URI = 2_048;
  private static final Pattern UNIT = Pattern.compile("[A-Z0-9]{2,3}");
  private static final String NOT_IN_URIS = " \"<>\\^`{|}";

  private final Namespaces namespaces;
  private final Findings findings;

  Checks(Namespaces namespaces, Findings findings) {
    this.namespaces = namespaces;
    this.findings = findings;
  }

  /** Returns a text that may be absent. */
  Optional<String> text(ObjectNode object, String member, Place place) {
    JsonNode value = object.path(member);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      findings.add(place.to(member), "must be a text");
      return Optional.empty();
    }
    return Optional.of(value.textValue());
  }

  void required(ObjectNode object, String member, Place place, String why) {
    if (!object.has(member)) {
      findings.add(place, "lacks '" + member + "', " + why);
    }
  }

  Optional<Instant> time(ObjectNode object, String member, Place place) {
    Optional<String> text = text(object, member, place);
    Optional<Instant> instant = text.flatMap(EpcisTime::instant);
    if (text.isPresent() && instant.isEmpty()) {
      findings.add(
          place.to(member),
          Excerpt.quoted(text.get())
              + " is no time: write date, time and zone, such as 2026-11-24T08:00:00.000+01:00");
    }
    return instant;
  }

  void uri(ObjectNode object, String member, Place place) {
    if (object.has(member)) {
      uri(object.path(member), place.to(member));
    }
  }

  void uri(JsonNode value, Place place) {
    if (!value.isTextual()) {
      findings.add(place, "must be a URI as text");
      return;
    }
    String text = value.textValue();
    Optional<String> objection = uriObjection(text).or(() -> Gs1Uri.objection(text));
    objection.ifPresent(reason -> findings.add(place, Excerpt.quoted(text) + " " + reason));
  }

  /** Each of an array of URIs, none of which stands in it twice. */
  void uris(ObjectNode object, String member, Place place) {
    List<JsonNode> items = array(object, member, place);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < items.size() && !findings.isFull(); i++) {
      uri(items.get(i), place.to(member).to(i));
      if (items.get(i).isTextual() && !seen.add(items.get(i).textValue())) {
        findings.add(place.to(member).to(i), "stands twice in '" + member + "'");
      }
    }
  }

  private static boolean isOfScheme(char character) {
    return (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z')
        || "+-.".indexOf(character) >= 0;
  }

  /** Says why a text is no absolute URI (RFC 3986). */
  private static Optional<String> uriObjection(String text) {
    int colon = text.indexOf(':');
    boolean scheme = colon > 0 && Character.isLetter(text.charAt(0)) && colon + 1 < text.length();
    for (int i = 0; scheme && i < colon; i++) {
      scheme = isOfScheme(text.charAt(i));
    }
    if (!scheme) {
      return Optional.of(
          "is no absolute URI: write an EPC URN, a GS1 Digital Link, or a URI of your own domain");
    }
    if (text.length() > LONGEST_URI) {
      return Optional.of("has more than " + LONGEST_URI + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character < 0x21 || character > 0x7E || NOT_IN_URIS.indexOf(character) >= 0) {
        return Optional.of("has a character that no URI has: percent-encode it");
      }
      if (character == '%'
          && (i + 2 >= text.length()
              || Character.digit(text.charAt(i + 1), 16) < 0
              || Character.digit(text.charAt(i + 2), 16) < 0)) {
        return Optional.of("has a '%' without two hexadecimal digits");
      }
    }
    if (text.startsWith("http") && text.indexOf("://") == colon && text.length() == colon + 3) {
      return Optional.of("names no host");
    }
    return Optional.empty();
  }

  void term(ObjectNode object, String member, Vocabulary vocabulary, Place place) {
    text(object, member, place)
        .flatMap(text -> termObjection(text, vocabulary))
        .ifPresent(reason -> findings.add(place.to(member), reason));
  }

  void terms(ObjectNode object, String member, Vocabulary vocabulary, Place place) {
    List<JsonNode> items = array(object, member, place);
    Place at = place.to(member);
    if (object.has(member) && items.isEmpty()) {
      findings.add(at, "must hold at least one term");
    }
    for (int i = 0; i < items.size() && !findings.isFull(); i++) {
      Place item = at.to(i);
      if (items.get(i).isTextual()) {
        termObjection(items.get(i).textValue(), vocabulary)
            .ifPresent(reason -> findings.add(item, reason));
      } else {
        findings.add(item, "must be a text");
      }
    }
  }

  private Optional<String> termObjection(String text, Vocabulary vocabulary) {
    String expanded = namespaces.expand(text).map(Namespaces.Expanded::uri).orElse(text);
    if (vocabulary.term(expanded).isPresent()) {
      return Optional.empty();
    }
    Optional<String> local = vocabulary.local(expanded);
    if (local.isPresent() || expanded.indexOf(':') < 0) {
      return Optional.of(
          Excerpt.quoted(text)
              + " is no term of the standard vocabulary"
              + Suggestion.clause(local.orElse(expanded), vocabulary.terms()));
    }
    return uriObjection(expanded).map(reason -> Excerpt.quoted(text) + " " + reason);
  }

  Optional<BigDecimal> decimal(ObjectNode object, String member, Place place) {
    JsonNode value = object.path(member);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isNumber()) {
      findings.add(place.to(member), "must be a number, without quotes");
      return Optional.empty();
    }
    return Optional.of(value.decimalValue());
  }

  void unit(ObjectNode object, String member, Place place) {
    text(object, member, place)
        .filter(unit -> !UNIT.matcher(unit).matches())
        .ifPresent(
            unit ->
                findings.add(
                    place.to(member),
                    Excerpt.quoted(unit)
                        + " is no unit code of UNECE Recommendation 20, such as KGM, LTR, CEL"));
  }

  /** Returns the items of an array that may be absent. */
  List<JsonNode> array(ObjectNode object, String member, Place place) {
    JsonNode value = object.path(member);
    if (value.isMissingNode()) {
      return List.of();
    }
    if (!value.isArray()) {
      findings.add(place.to(member), "must be an array, […]");
      return List.of();
    }
    List<JsonNode> items = new ArrayList<>(value.size());
    value.forEach(items::add);
    return items;
  }

  /** Returns an object that may be absent. */
  Optional<ObjectNode> object(JsonNode value, Place place) {
    if (value instanceof ObjectNode object) {
      return Optional.of(object);
    }
    if (!value.isMissingNode()) {
      findings.add(place, "must be an object, {…}");
    }
    return Optional.empty();
  }

  /** Refuses members that are not these; extensions are, if their prefix is defined. */
  void members(ObjectNode object, Set<String> known, boolean extensible, Place place) {
    for (String name : (Iterable<String>) object::fieldNames) {
      if (known.contains(name)) {
        continue;
      }
      if (!extensible || name.indexOf(':') < 0) {
        findings.add(
            place.to(name), "is no member that may stand here" + Suggestion.clause(name, known));
      } else {
        prefixed(name, place.to(name));
      }
    }
  }

  void prefixed(String name, Place place) {
    Optional<Namespaces.Expanded> expanded = namespaces.expand(name);
    if (expanded.isEmpty()) {
      findings.add(
          place,
          "is an extension whose prefix is not defined: add {\""
              + Excerpt.of(name.substring(0, Math.max(0, name.indexOf(':'))))
              + "\": \"<its URI>\"} to the document's @context");
    } else if (expanded.get().local().isEmpty()) {
      findings.add(place, "is a prefix without a name");
    }
  }
}
