package io.tracegram.runtime.config;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.NoteKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The written forms of single values. Each method throws {@link IllegalArgumentException} saying
 * what is expected. Pure, stateless.
 */
final class Scalars {
  private static final int MAX_TEXT_BYTES = 256;
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d{0,17})");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9A-Fa-f]{1,15}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern HOST_PORT =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):(\\d{1,5})");

  private Scalars() {}

  /** A text for people or machines: one line, not blank. */
  static String text(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be blank");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
      throw new IllegalArgumentException("is longer than " + MAX_TEXT_BYTES + " bytes");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("holds control characters");
    }
    return text;
  }

  static String matching(String text, Pattern pattern, String form) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("must be " + form + ", not '" + text + "'");
    }
    return text;
  }

  static BigDecimal decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be a decimal such as 0.5, without exponent, not '" + text + "'");
    }
    return new BigDecimal(text);
  }

  /** A decimal as {@link #decimal}, which says so if a comma stands in the point's place. */
  static BigDecimal decimalWithPoint(String text) {
    if (text.matches("[-+]?\\d+,\\d+")) {
      throw new IllegalArgumentException("has a decimal comma, '" + text + "': write a point");
    }
    return decimal(text);
  }

  static long integer(String text, long minimum, long maximum) {
    BigInteger value;
    if (INTEGER.matcher(text).matches()) {
      value = new BigInteger(text);
    } else if (HEXADECIMAL.matcher(text).matches()) {
      value = new BigInteger(text.substring(2), 16);
    } else {
      throw new IllegalArgumentException("must be a whole number, not '" + text + "'");
    }
    if (value.compareTo(BigInteger.valueOf(minimum)) < 0
        || value.compareTo(BigInteger.valueOf(maximum)) > 0) {
      throw new IllegalArgumentException(
          "must be from " + minimum + " to " + maximum + ", not " + text);
    }
    return value.longValueExact();
  }

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false, not '" + text + "'");
    };
  }

  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a number with ms, s, m, h or d, such as 10s, not '" + text + "'");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a UTC time such as 2026-11-23T08:00:00Z, not '" + text + "'", e);
    }
  }

  static String timeZone(String text) {
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      throw new IllegalArgumentException(
          "must be an IANA time zone, not '"
              + text
              + "'"
              + Suggestion.nearest(text, ZoneId.getAvailableZoneIds())
                  .map(near -> "; did you mean '" + near + "'?")
                  .orElse(", such as Europe/Warsaw"));
    }
    return text;
  }

  static HostPort hostPort(String text) {
    Matcher matcher = HOST_PORT.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      throw new IllegalArgumentException(
          "must be host:port such as 127.0.0.1:8080, not '" + text + "'");
    }
    String host = matcher.group(1);
    return new HostPort(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        Integer.parseInt(matcher.group(2)));
  }

  static HostPort tcpAddress(String text) {
    String expected = "must be tcp://host:port, not '" + text + "'";
    if (!text.startsWith("tcp://")) {
      throw new IllegalArgumentException(expected);
    }
    HostPort address;
    try {
      address = hostPort(text.substring("tcp://".length()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(expected, e);
    }
    if (address.port() == 0) {
      throw new IllegalArgumentException("has port 0, to which nothing can connect");
    }
    return address;
  }

  static URI httpUrl(String text) {
    String expected = "must be an http or https URL without a trailing slash, not '" + text + "'";
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(expected, e);
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null
        || text.endsWith("/")) {
      throw new IllegalArgumentException(expected);
    }
    return url;
  }

  /** A URL that is asked for data, so that it may have a query. */
  static URI httpResource(String text) {
    String expected = "must be an http or https URL, not '" + text + "'";
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(expected, e);
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(expected);
    }
    return url;
  }

  static NoteKey vkey(String text) {
    try {
      return NoteKey.parse(text);
    } catch (MalformedException e) {
      throw new IllegalArgumentException(
          "must be a vkey or file:PATH of one: " + e.getMessage(), e);
    }
  }

  static String gtin(String text) {
    if (!text.matches("\\d{14}")) {
      throw new IllegalArgumentException(
          "must be a GTIN of 14 digits, zeros in front, not '" + text + "'");
    }
    int sum = 0;
    for (int i = 0; i < 13; i++) {
      sum += (text.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
    }
    int expected = (10 - sum % 10) % 10;
    if (text.charAt(13) - '0' != expected) {
      throw new IllegalArgumentException(
          "has a wrong check digit: " + text.substring(0, 13) + " is completed by " + expected);
    }
    return text;
  }

  /** Returns an enum's constants by their written form, in lower case with hyphens. */
  static <E extends Enum<E>> Map<String, E> choices(Class<E> type) {
    Map<String, E> choices = new LinkedHashMap<>();
    for (E constant : EnumSet.allOf(type)) {
      choices.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return choices;
  }

  static <T> T oneOf(String text, Map<String, T> choices) {
    T chosen = choices.get(text);
    if (chosen == null) {
      throw new IllegalArgumentException(
          "must be one of "
              + String.join(", ", choices.keySet())
              + ", not '"
              + text
              + "'"
              + Suggestion.nearest(text, choices.keySet())
                  .map(near -> "; did you mean '" + near + "'?")
                  .orElse(""));
    }
    return chosen;
  }
}
