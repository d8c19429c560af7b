package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.runtime.json.Findings;
import io.tracegram.runtime.json.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the prefixes of a {@code @context} stand for. Remote contexts are never fetched: of them
 * only the standard's own is known. Immutable.
 */
final class Namespaces {
  private static final int MOST = 64;

  /** The prefixes of the standard context, which no document may give another meaning. */
  private static final Map<String, String> STANDARD =
      Map.of(
          "epcis", "https://ref.gs1.org/epcis/",
          "cbv", "https://ref.gs1.org/cbv/",
          "cbvmda", "urn:epcglobal:cbv:mda:",
          "gs1", "https://gs1.org/voc/",
          "rdfs", "http://www.w3.org/2000/01/rdf-schema#",
          "owl", "http://www.w3.org/2002/07/owl#",
          "xsd", "http://www.w3.org/2001/XMLSchema#",
          "dcterms", "http://purl.org/dc/terms/");

  private static final Set<String> CONTEXTS =
      Set.of(
          "https://ref.gs1.org/standards/epcis/epcis-context.jsonld",
          "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
          "https://ref.gs1.org/standards/epcis/2.0.1/epcis-context.jsonld",
          "https://gs1.github.io/EPCIS/epcis-context.jsonld");

  static final Namespaces NONE = new Namespaces(STANDARD, false);

  private final Map<String, String> uris;
  private final boolean isEpcis;

  private Namespaces(Map<String, String> uris, boolean isEpcis) {
    this.uris = Map.copyOf(uris);
    this.isEpcis = isEpcis;
  }

  /** Returns these and what a {@code @context} adds: a URI, an object, or an array of them. */
  Namespaces with(JsonNode context, Place place, Findings findings) {
    Map<String, String> all = new HashMap<>(uris);
    boolean known = isEpcis;
    if (context.isArray()) {
      for (int i = 0; i < context.size() && all.size() < MOST; i++) {
        known |= take(context.get(i), place.to(i), all, findings);
      }
    } else {
      known |= take(context, place, all, findings);
    }
    if (all.size() >= MOST) {
      findings.add(place, "defines " + MOST + " prefixes or more: define those in use");
    }
    return new Namespaces(all, known);
  }

  private static boolean take(
      JsonNode entry, Place place, Map<String, String> all, Findings findings) {
    if (entry.isTextual()) {
      return CONTEXTS.contains(entry.textValue());
    }
    if (!entry.isObject()) {
      findings.add(place, "must be the URI of a context, or an object {\"prefix\": \"URI\"}");
      return false;
    }
    entry.properties().stream()
        .limit(MOST)
        .forEach(
            term -> define(term.getKey(), term.getValue(), place.to(term.getKey()), all, findings));
    return false;
  }

  private static void define(
      String prefix, JsonNode value, Place place, Map<String, String> all, Findings findings) {
    boolean term = prefix.indexOf(':') >= 0 || (value.isObject() && !value.has("@id"));
    if (prefix.startsWith("@") || term) {
      return;
    }
    JsonNode uri = value.isObject() ? value.path("@id") : value;
    if (!uri.isTextual() || uri.textValue().indexOf(':') <= 0) {
      findings.add(place, "must be the absolute URI that this prefix stands for");
      return;
    }
    String standard = STANDARD.get(prefix);
    if (standard != null && !standard.equals(uri.textValue())) {
      findings.add(place, "is a prefix of the EPCIS context and means " + standard);
      return;
    }
    all.put(prefix, uri.textValue());
  }

  /** Whether the standard's own context is among them. */
  boolean isEpcis() {
    return isEpcis;
  }

  /** Returns what {@code prefix:local} is called without its prefix. */
  Optional<Expanded> expand(String name) {
    int colon = name.indexOf(':');
    String namespace = colon < 0 ? null : uris.get(name.substring(0, colon));
    return namespace == null
        ? Optional.empty()
        : Optional.of(new Expanded(namespace, name.substring(colon + 1)));
  }

  /** A name in its namespace. */
  record Expanded(String namespace, String local) {
    /** The form of the event hash: {@code {https://ns.example/}name}. */
    String inBraces() {
      return "{" + namespace + "}" + local;
    }

    String uri() {
      return namespace + local;
    }
  }
}
