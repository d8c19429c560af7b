package io.tracegram.runtime.pact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint;
import io.tracegram.runtime.config.Suggestion;
import io.tracegram.runtime.json.Excerpt;
import io.tracegram.runtime.json.Findings;
import io.tracegram.runtime.json.Place;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the members of one object; what is wrong is said to the findings. Single-threaded. */
final class PactFields {
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");
  private static final Pattern URN =
      Pattern.compile("(?i:urn):[A-Za-z0-9][A-Za-z0-9-]{0,31}:[!-~]{1,220}");
  private static final long YEAR_10000 = 253_402_300_800_000L;
  private static final int MOST_ITEMS = 64;

  private final ObjectNode object;
  private final Place place;
  private final Findings findings;

  PactFields(ObjectNode object, Place place, Findings findings) {
    this.object = object;
    this.place = place;
    this.findings = findings;
  }

  /** Returns a member that must be there; it may be of any type. */
  private Optional<JsonNode> required(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      findings.add(place, "lacks '" + name + "', which PACT v3 requires");
      return Optional.empty();
    }
    return Optional.of(value);
  }

  boolean has(String name) {
    return !object.path(name).isMissingNode() && !object.path(name).isNull();
  }

  void fault(String name, String reason) {
    findings.add(place.to(name), reason);
  }

  Optional<PactFields> object(String name) {
    return required(name)
        .flatMap(
            value -> {
              if (value instanceof ObjectNode inner) {
                return Optional.of(new PactFields(inner, place.to(name), findings));
              }
              fault(name, "must be an object, {…}");
              return Optional.empty();
            });
  }

  Optional<String> text(String name) {
    return required(name).flatMap(value -> text(value, place.to(name)));
  }

  /** Returns a text that says something, as long as the accounts have room for. */
  Optional<String> name(String name) {
    return text(name)
        .filter(
            text -> {
              int bytes = text.getBytes(StandardCharsets.UTF_8).length;
              if (text.isBlank() || bytes > DeclaredFootprint.MAX_TEXT) {
                fault(name, "must be a text of 1 to 256 bytes, and has " + bytes);
                return false;
              }
              return true;
            });
  }

  private Optional<String> text(JsonNode value, Place at) {
    if (!value.isTextual()) {
      findings.add(at, "must be a text");
      return Optional.empty();
    }
    return Optional.of(value.textValue());
  }

  /** Returns one of the words that the specification has. */
  Optional<String> word(String name, List<String> words) {
    return text(name)
        .filter(
            text -> {
              if (!words.contains(text)) {
                fault(
                    name,
                    Excerpt.quoted(text)
                        + " is none of "
                        + String.join(", ", words)
                        + Suggestion.clause(text, words));
                return false;
              }
              return true;
            });
  }

  void flag(String name) {
    if (has(name) && !object.path(name).isBoolean()) {
      fault(name, "must be true or false");
    }
  }

  Optional<String> id(String name) {
    return text(name).flatMap(text -> id(text, place.to(name)));
  }

  private Optional<String> id(String text, Place at) {
    String id = text.toLowerCase(Locale.ROOT);
    if (!DeclaredFootprint.isId(id)) {
      findings.add(at, Excerpt.quoted(text) + " is no UUID of version 4");
      return Optional.empty();
    }
    return Optional.of(id);
  }

  /** Returns ids that may be absent. */
  List<String> ids(String name, int most) {
    return has(name) ? texts(name, most, (text, at) -> id(text, at)) : List.of();
  }

  List<String> urns(String name, int most) {
    return texts(
        name,
        most,
        (text, at) -> {
          if (!URN.matcher(text).matches()) {
            findings.add(at, Excerpt.quoted(text) + " is no URN, such as urn:gtin:09520000000011");
            return Optional.empty();
          }
          return Optional.of(text);
        });
  }

  /** Reads one text of a list. */
  interface Item {
    Optional<String> read(String text, Place at);
  }

  /** Returns what a list of at least one text holds, none of them twice. */
  List<String> texts(String name, int most, Item item) {
    Optional<JsonNode> value = required(name);
    if (value.isEmpty()) {
      return List.of();
    }
    int limit = Math.min(most, MOST_ITEMS);
    if (!(value.get() instanceof ArrayNode array) || array.isEmpty() || array.size() > limit) {
      fault(name, "must be a list of 1 to " + limit + " texts");
      return List.of();
    }
    List<String> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < array.size(); i++) {
      Place at = place.to(name).to(i);
      Optional<String> read = text(array.get(i), at).flatMap(text -> item.read(text, at));
      if (read.isPresent() && !seen.add(read.get())) {
        findings.add(at, Excerpt.quoted(read.get()) + " stands in this list twice");
      }
      read.ifPresent(all::add);
    }
    return all;
  }

  /** What a decimal may be. */
  enum Sign {
    ANY,
    POSITIVE,
    NOT_NEGATIVE,
    NOT_POSITIVE
  }

  Optional<BigDecimal> decimal(String name, Sign sign) {
    return required(name).flatMap(value -> decimal(value, name, sign));
  }

  /** Returns a decimal that is zero where it is absent. */
  Optional<BigDecimal> decimalOrZero(String name, Sign sign) {
    return has(name) ? decimal(object.path(name), name, sign) : Optional.of(BigDecimal.ZERO);
  }

  private Optional<BigDecimal> decimal(JsonNode value, String name, Sign sign) {
    if (!value.isTextual()) {
      fault(name, "must be a decimal in quotes, such as \"1.5\": PACT v3 has no numbers here");
      return Optional.empty();
    }
    String text = value.textValue();
    if (!DECIMAL.matcher(text).matches()) {
      fault(name, Excerpt.quoted(text) + " is no decimal such as \"1.5\" of at most 18 digits");
      return Optional.empty();
    }
    BigDecimal decimal = new BigDecimal(text);
    if (decimal.precision() > DeclaredFootprint.MAX_DIGITS) {
      fault(name, Excerpt.quoted(text) + " has more than 18 digits");
      return Optional.empty();
    }
    Optional<String> wrong = objection(decimal.signum(), sign);
    wrong.ifPresent(reason -> fault(name, Excerpt.quoted(text) + " " + reason));
    return wrong.isPresent() ? Optional.empty() : Optional.of(decimal);
  }

  private static Optional<String> objection(int signum, Sign sign) {
    return switch (sign) {
      case ANY -> Optional.empty();
      case POSITIVE -> signum > 0 ? Optional.empty() : Optional.of("must be more than 0");
      case NOT_NEGATIVE -> signum >= 0 ? Optional.empty() : Optional.of("must be 0 or more");
      case NOT_POSITIVE -> signum <= 0 ? Optional.empty() : Optional.of("must be 0 or less");
    };
  }

  /** Returns a time, ms since 1970 UTC. */
  OptionalLong time(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long millis = OffsetDateTime.parse(text.get()).toInstant().toEpochMilli();
      if (millis >= 0 && millis < YEAR_10000) {
        return OptionalLong.of(millis);
      }
    } catch (DateTimeException | ArithmeticException e) {
      // said below
    }
    fault(
        name, Excerpt.quoted(text.get()) + " is no time with a zone, such as 2026-01-01T00:00:00Z");
    return OptionalLong.empty();
  }
}
