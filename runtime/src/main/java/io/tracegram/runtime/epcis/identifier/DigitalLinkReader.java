package io.tracegram.runtime.epcis.identifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads GS1 Digital Link URIs (GS1 Digital Link: URI Syntax §4) of any domain as the finest key
 * they name. Stateless.
 */
final class DigitalLinkReader {
  private static final Map<String, String> SHORT_NAMES =
      Map.ofEntries(
          Map.entry("gtin", "01"),
          Map.entry("itip", "8006"),
          Map.entry("cpid", "8010"),
          Map.entry("gln", "414"),
          Map.entry("party", "417"),
          Map.entry("gsrnp", "8017"),
          Map.entry("gsrn", "8018"),
          Map.entry("gcn", "255"),
          Map.entry("sscc", "00"),
          Map.entry("gdti", "253"),
          Map.entry("ginc", "401"),
          Map.entry("gsin", "402"),
          Map.entry("grai", "8003"),
          Map.entry("giai", "8004"),
          Map.entry("cpv", "22"),
          Map.entry("lot", "10"),
          Map.entry("ser", "21"),
          Map.entry("tpx", "235"),
          Map.entry("glnx", "254"),
          Map.entry("cpsn", "8011"),
          Map.entry("srin", "8019"));

  /** Each key with its qualifiers, the finest first; what comes after {@code -} is dropped. */
  private static final Map<String, List<String>> QUALIFIERS =
      Map.ofEntries(
          Map.entry("00", List.of()),
          Map.entry("01", List.of("21", "10", "235", "-", "22")),
          Map.entry("253", List.of()),
          Map.entry("255", List.of()),
          Map.entry("401", List.of()),
          Map.entry("402", List.of()),
          Map.entry("414", List.of("254")),
          Map.entry("417", List.of()),
          Map.entry("8003", List.of()),
          Map.entry("8004", List.of()),
          Map.entry("8006", List.of("21", "10", "-", "22")),
          Map.entry("8010", List.of("8011")),
          Map.entry("8017", List.of("-", "8019")),
          Map.entry("8018", List.of("-", "8019")));

  private static final Set<Integer> GTIN_LENGTHS = Set.of(8, 12, 13, 14);

  private DigitalLinkReader() {}

  /** Returns the key a URI names; empty if it is no http(s) URI with a key's shape in its path. */
  static Optional<Gs1Key> read(String uri) {
    int authority =
        uri.startsWith("https://") ? 8 : uri.startsWith("http://") ? 7 : Integer.MAX_VALUE;
    if (authority > uri.length()) {
      return Optional.empty();
    }
    int end = uri.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = uri.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    int path = uri.indexOf('/', authority);
    if (path < 0 || path + 1 >= end) {
      return Optional.empty();
    }
    List<String> segments = new ArrayList<>(List.of(uri.substring(path + 1, end).split("/", 64)));
    if (segments.getLast().isEmpty()) {
      segments.removeLast();
    }
    for (int i = 0; i + 1 < segments.size(); i++) {
      String identifier = identifier(segments.get(i));
      if (QUALIFIERS.containsKey(identifier) && (segments.size() - i) % 2 == 0) {
        Optional<Gs1Key> key = key(identifier, segments.subList(i + 1, segments.size()));
        if (key.isPresent()) {
          return key;
        }
      }
    }
    return Optional.empty();
  }

  private static String identifier(String segment) {
    return SHORT_NAMES.getOrDefault(segment, segment);
  }

  private static Optional<Gs1Key> key(String identifier, List<String> rest) {
    List<String> allowed = QUALIFIERS.getOrDefault(identifier, List.of());
    Map<String, String> qualifiers = new HashMap<>();
    for (int i = 1; i + 1 < rest.size(); i += 2) {
      String qualifier = identifier(rest.get(i));
      String value = Cset.decoded(rest.get(i + 1));
      if (!allowed.contains(qualifier)
          || qualifiers.put(qualifier, value) != null
          || !fits(qualifier, value)) {
        return Optional.empty();
      }
    }
    return value(identifier, Cset.decoded(rest.getFirst()))
        .map(
            key ->
                Stream.concat(allowed.stream().takeWhile(name -> !name.equals("-")), Stream.of(""))
                    .filter(name -> name.isEmpty() || qualifiers.containsKey(name))
                    .findFirst()
                    .filter(name -> !name.isEmpty())
                    .map(
                        name ->
                            new Gs1Key(
                                identifier,
                                key,
                                name,
                                Cset.inLink(qualifiers.getOrDefault(name, ""))))
                    .orElseGet(() -> new Gs1Key(identifier, key)));
  }

  private static boolean fits(String qualifier, String value) {
    return switch (qualifier) {
      case "235" -> Cset.isText(value, 28);
      case "8011" -> !value.isEmpty() && value.length() <= 12 && Cset.isDigits(value);
      case "8019" -> !value.isEmpty() && value.length() <= 10 && Cset.isDigits(value);
      default -> Cset.isText(value, 20);
    };
  }

  /** Returns a key's value as the canonical path holds it; empty if it has not the key's shape. */
  private static Optional<String> value(String identifier, String key) {
    return switch (identifier) {
      case "01" ->
          GTIN_LENGTHS.contains(key.length()) && Cset.isDigits(key)
              ? Optional.of("0".repeat(14 - key.length()) + key)
              : Optional.empty();
      case "00", "8017", "8018", "8006" -> digits(key, 18, "", 0);
      case "402" -> digits(key, 17, "", 0);
      case "414", "417" -> digits(key, 13, "", 0);
      case "253" -> digits(key, 13, "", 17);
      case "255" -> digits(key, 13, "", 12).filter(Cset::isDigits);
      case "8003" -> digits(key, 14, "0", 16);
      case "8010" ->
          startsWithDigits(key)
                  && key.length() <= 30
                  && key.chars().allMatch(character -> Cset.isPart((char) character))
              ? Optional.of(Cset.inLink(key))
              : Optional.empty();
      default ->
          startsWithDigits(key) && Cset.isText(key, 30)
              ? Optional.of(Cset.inLink(key))
              : Optional.empty();
    };
  }

  /** A key that begins with a company prefix begins with some digits. */
  private static boolean startsWithDigits(String key) {
    return key.length() > 4 && Cset.isDigits(key.substring(0, 4));
  }

  private static Optional<String> digits(String key, int count, String start, int serial) {
    if (key.length() < count
        || key.length() > count + serial
        || !key.startsWith(start)
        || !Cset.isDigits(key.substring(0, count))) {
      return Optional.empty();
    }
    String rest = key.substring(count);
    return rest.isEmpty() || Cset.isText(rest, serial)
        ? Optional.of(key.substring(0, count) + Cset.inLink(rest))
        : Optional.empty();
  }
}
