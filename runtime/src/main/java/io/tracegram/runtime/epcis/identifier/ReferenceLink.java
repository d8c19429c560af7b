package io.tracegram.runtime.epcis.identifier;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rewrites a GS1 Digital Link for the event hash as the reference implementation does, byte for
 * byte: a value with a percent escape, for one, leaves the whole URI as it was. Stateless.
 */
final class ReferenceLink {
  private static final List<Map.Entry<String, String>> NAMES =
      List.of(
          Map.entry("/gtin/", "/01/"),
          Map.entry("/itip/", "/8006/"),
          Map.entry("/cpid/", "/8010/"),
          Map.entry("/gln/", "/414/"),
          Map.entry("/party/", "/417/"),
          Map.entry("/gsrnp/", "/8017/"),
          Map.entry("/gsrn/", "/8018/"),
          Map.entry("/gcn/", "/255/"),
          Map.entry("/sscc/", "/00/"),
          Map.entry("/gdti/", "/253/"),
          Map.entry("/ginc/", "/401/"),
          Map.entry("/gsin/", "/402/"),
          Map.entry("/grai/", "/8003/"),
          Map.entry("/giai/", "/8004/"),
          Map.entry("/cpv/", "/22/"),
          Map.entry("/lot/", "/10/"),
          Map.entry("/ser/", "/21/"));

  /** The keys in the order in which they are looked for. */
  private static final List<String> KEYS =
      List.of(
          "00", "01", "253", "255", "401", "402", "414", "417", "8003", "8004", "8006", "8010",
          "8017", "8018");

  private ReferenceLink() {}

  /** Returns the rewritten URI; empty if the reference lets a text be. */
  static Optional<String> of(String uri) {
    if (!uri.startsWith("http") || uri.indexOf('.') < 0 || !namesKey(uri)) {
      return Optional.empty();
    }
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    for (Map.Entry<String, String> name : NAMES) {
      path = path.replace(name.getKey(), name.getValue());
    }
    if (!startsWithKey(path)) {
      for (String key : KEYS) {
        int at = path.indexOf("/" + key + "/");
        if (at >= 0) {
          path = "https://id.gs1.org" + path.substring(at);
          break;
        }
      }
    }
    return path.startsWith(Gs1Key.RESOLVER)
        ? finest(padded(path.substring(Gs1Key.RESOLVER.length())))
        : Optional.empty();
  }

  /** Whether a key with a value of five characters or more, four digits first, is in the path. */
  private static boolean namesKey(String uri) {
    int start = uri.startsWith("https:") ? 6 : uri.startsWith("http:") ? 5 : -1;
    if (start < 0) {
      return false;
    }
    int end = start;
    while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
      end++;
    }
    for (int at = uri.indexOf('/', start); at >= 0 && at < end; at = uri.indexOf('/', at + 1)) {
      int next = uri.indexOf('/', at + 1);
      if (next < 0 || next >= end) {
        return false;
      }
      String name = uri.substring(at, next + 1);
      boolean known =
          KEYS.contains(name.substring(1, name.length() - 1))
              || (!name.equals("/cpv/")
                  && !name.equals("/lot/")
                  && !name.equals("/ser/")
                  && NAMES.stream().anyMatch(entry -> entry.getKey().equals(name)));
      if (known && startsWithDigits(uri, next + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWithDigits(String uri, int at) {
    return uri.length() > at + 4
        && Cset.isDigits(uri.substring(at, at + 4))
        && uri.charAt(at + 4) != '/';
  }

  private static boolean startsWithKey(String uri) {
    if (!uri.startsWith(Gs1Key.RESOLVER)) {
      return false;
    }
    int end = uri.indexOf('/', Gs1Key.RESOLVER.length());
    return end > 0
        && KEYS.contains(uri.substring(Gs1Key.RESOLVER.length(), end))
        && startsWithDigits(uri, end + 1);
  }

  private static String padded(String path) {
    if (!path.startsWith("01/")) {
      return path;
    }
    int digits = 0;
    while (3 + digits < path.length() && Cset.isDigit(path.charAt(3 + digits))) {
      digits++;
    }
    int zeros = digits >= 14 ? 0 : digits == 13 ? 1 : digits == 12 ? 2 : digits >= 8 ? 6 : 0;
    return "01/" + "0".repeat(zeros) + path.substring(3);
  }

  private static Optional<String> finest(String path) {
    if (path.startsWith("8010/")) {
      return Optional.of(Gs1Key.RESOLVER + path).filter(link -> isPart(path.substring(5)));
    }
    String[] parts = path.split("/", -1);
    boolean item = parts[0].equals("01") || parts[0].equals("8006");
    List<String> rest = List.of(parts).subList(Math.min(2, parts.length), parts.length);
    if (item && rest.size() >= 2 && rest.getFirst().equals("22")) {
      int length = String.join("/", rest.subList(1, rest.size())).length();
      if (length > 20
          || rest.subList(1, rest.size()).stream().anyMatch(part -> !isPlain(part, 20))) {
        return Optional.empty();
      }
      rest = rest.subList(2, rest.size());
    }
    if (item
        && rest.size() == 4
        && rest.getFirst().equals("10")
        && rest.get(2).equals("21")
        && isPlain(rest.get(1), 20)) {
      rest = rest.subList(2, 4);
    }
    if (parts.length < 2 || !isValid(parts[0], parts[1], rest)) {
      return Optional.empty();
    }
    String link = Gs1Key.RESOLVER + parts[0] + "/" + parts[1];
    return Optional.of(rest.isEmpty() ? link : link + "/" + String.join("/", rest));
  }

  private static boolean isValid(String identifier, String key, List<String> rest) {
    String qualifier = rest.size() == 2 ? rest.getFirst() : "";
    String value = rest.size() == 2 ? rest.getLast() : "";
    if (!rest.isEmpty() && qualifier.isEmpty()) {
      return false;
    }
    return switch (identifier) {
      case "00", "8017", "8018" -> digits(key, 18, 0, false) && rest.isEmpty();
      case "402" -> digits(key, 17, 0, false) && rest.isEmpty();
      case "417" -> digits(key, 13, 0, false) && rest.isEmpty();
      case "253" -> digits(key, 13, 17, false) && rest.isEmpty();
      case "255" -> digits(key, 13, 12, true) && rest.isEmpty();
      case "8003" -> digits(key, 14, 16, false) && rest.isEmpty();
      case "401", "8004" -> isPlain(key, 30) && rest.isEmpty();
      case "414" ->
          digits(key, 13, 0, false)
              && (rest.isEmpty() || (qualifier.equals("254") && isPlain(value, 20)));
      case "01" ->
          digits(key, 14, 0, false)
              && (rest.isEmpty()
                  || ((qualifier.equals("21") || qualifier.equals("10")) && isPlain(value, 20))
                  || (qualifier.equals("235") && isPlain(value, 28)));
      case "8006" ->
          digits(key, 18, 0, false)
              && (rest.isEmpty()
                  || ((qualifier.equals("21") || qualifier.equals("10")) && isPlain(value, 20)));
      default -> false;
    };
  }

  /** The reference counts slashes among the characters of a part, the last one too. */
  private static boolean isPart(String rest) {
    int serial = rest.lastIndexOf("/8011/");
    boolean withSerial =
        serial >= 0
            && rest.length() - serial - 6 <= 12
            && Cset.isDigits(rest.substring(serial + 6));
    return isPartOnly(rest) || (withSerial && isPartOnly(rest.substring(0, serial)));
  }

  private static boolean isPartOnly(String text) {
    return text.length() <= 30 && text.chars().allMatch(character -> Cset.isPart((char) character));
  }

  private static boolean digits(String key, int count, int more, boolean onlyDigits) {
    return key.length() >= count
        && Cset.isDigits(key.substring(0, count))
        && isPlain(key.substring(count), more)
        && (!onlyDigits || Cset.isDigits(key));
  }

  private static boolean isPlain(String text, int longest) {
    return text.length() <= longest
        && text.chars()
            .allMatch(c -> Cset.isAlphanumeric(c) || (c < 128 && "\"'-.;<=>?_".indexOf(c) >= 0));
  }
}
