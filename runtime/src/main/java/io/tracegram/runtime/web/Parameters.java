package io.tracegram.runtime.web;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The query of a request, read strictly: what is not known or not readable is refused. */
public final class Parameters {
  private static final int SHOWN = 60;

  private final MultiMap values;

  private Parameters(MultiMap values) {
    this.values = values;
  }

  /**
   * Reads a query.
   *
   * @throws RequestRefused if it has another parameter than these, or one of them twice
   */
  public static Parameters of(RoutingContext request, String... known) {
    MultiMap values = request.queryParams();
    for (String name : values.names()) {
      if (!List.of(known).contains(name)) {
        throw RequestRefused.bad(
            "there is no parameter "
                + shown(name)
                + (known.length == 0 ? " here" : ", there are " + String.join(", ", known)));
      }
      if (values.getAll(name).size() > 1) {
        throw RequestRefused.bad("parameter " + name + " is given more than once");
      }
    }
    return new Parameters(values);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Reads an ISO 8601 moment with its offset, as ms since 1970 UTC. */
  public OptionalLong moment(String name) {
    String text = values.get(name);
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      // A plus sign that was not encoded arrives as a space.
      Instant instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      return OptionalLong.of(instant.toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException e) {
      throw RequestRefused.bad(
          name + " is no time: " + shown(text) + "; write it as 2026-03-01T06:00:00Z");
    }
  }

  /** Reads a decimal integer in {@code [least, most]}. */
  public OptionalLong integer(String name, long least, long most) {
    String text = values.get(name);
    return text == null ? OptionalLong.empty() : OptionalLong.of(integer(name, text, least, most));
  }

  /** Reads a decimal integer in {@code [least, most]}. */
  public static long integer(String name, String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw RequestRefused.bad(name + " is no whole number: " + shown(text));
    }
    throw RequestRefused.bad(name + " must be from " + least + " to " + most);
  }

  /** Returns what follows {@code prefix} in the path, decoded once. */
  public static String rest(RoutingContext request, String prefix) {
    String path = request.request().path();
    try {
      return URLDecoder.decode(
          path.substring(prefix.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.bad("the address has a broken percent sign");
    }
  }

  private static String shown(String text) {
    return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
  }
}
