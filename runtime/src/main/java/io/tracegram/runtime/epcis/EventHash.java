package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Names an event by its content (CBV 2.0 §8.9), byte for byte as the published reference
 * implementation (RalphTro/epcis-event-hash-generator) names it, whose order of elements differs in
 * places from the table of the standard.
 *
 * <p>Where its answer depends on how one and the same event is written, or it has none, ours is the
 * one that does not: a type stands before what it is the type of, whatever the order of members;
 * {@code true} is written as in XML; prefixes of the EPCIS context are expanded whether or not they
 * are declared again; a time that rounds up to a full second becomes that second. Stateless.
 */
final class EventHash {
  private static final Set<String> NOT_HASHED =
      Set.of("recordTime", "eventID", "type", "errorDeclaration");

  private EventHash() {}

  /** Returns {@code ni:///sha-256;…?ver=CBV2.0} of a valid event. */
  static String of(ObjectNode event, Namespaces namespaces) {
    return "ni:///sha-256;" + sha256(preHash(event, namespaces)) + "?ver=CBV2.0";
  }

  /** Returns the text whose hash names a valid event. */
  static String preHash(ObjectNode event, Namespaces namespaces) {
    List<HashElement> elements = new HashElements(namespaces).of(event);
    StringBuilder text = new StringBuilder(1_024);
    text.append("eventType=").append(event.path("type").asText());
    text.append(inOrder(elements, HashOrder.EVENT));
    elements.removeIf(element -> NOT_HASHED.contains(element.name()));
    return text.append(HashElement.written(elements)).toString();
  }

  /** Writes the elements that have a place in the order, and takes them out of the list. */
  private static String inOrder(List<HashElement> elements, List<HashOrder> order) {
    List<HashElement> extensions = extensions(elements);
    StringBuilder text = new StringBuilder();
    for (HashOrder place : order) {
      List<String> texts = new ArrayList<>();
      for (Iterator<HashElement> all = elements.iterator(); all.hasNext(); ) {
        HashElement element = all.next();
        if (element.name().equals(place.name())) {
          String written = inPlace(element, place);
          if (!written.isEmpty()) {
            texts.add(written);
          }
          if (element.children().isEmpty()) {
            all.remove();
          }
        }
      }
      texts.sort(HashText.ORDER);
      texts.forEach(text::append);
    }
    return text.append(HashElement.written(extensions)).toString();
  }

  private static String inPlace(HashElement element, HashOrder place) {
    String inner = place.order().isEmpty() ? "" : inOrder(element.children(), place.order());
    String value = HashText.stripped(element.value());
    String text = "";
    if (!value.isEmpty()) {
      text = "=" + (place.isTime() ? time(value) : HashText.canonical(value));
    }
    return text.isEmpty() && inner.isEmpty() ? "" : element.name() + text + inner;
  }

  private static String time(String text) {
    return EpcisTime.instant(text).map(EpcisTime::utc).orElse(text);
  }

  /**
   * Takes the extensions of an inner element out of its children, to be written at its end. As in
   * the reference, that holds for an element with something beside them, for namespaces that end in
   * a slash, and not where a name speaks of an action; the others are left for the event's end.
   */
  private static List<HashElement> extensions(List<HashElement> elements) {
    if (elements.size() <= 1
        || elements.stream()
            .anyMatch(
                element ->
                    element.name().contains("eventTime") || element.name().contains("action"))) {
      return List.of();
    }
    List<HashElement> extensions =
        elements.stream()
            .filter(element -> element.name().contains("{") && element.name().contains("/}"))
            .toList();
    elements.removeAll(extensions);
    return extensions;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
