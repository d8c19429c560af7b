package io.tracegram.runtime.claim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.runtime.json.BoundedJson;
import io.tracegram.runtime.json.Fault;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The members of one JSON object, each read strictly: whatever is wrong is an {@link
 * IllegalArgumentException} that says what would be right. Immutable.
 */
record ClaimFields(String what, JsonNode object) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,40}");
  private static final long YEAR_10000 = 253_402_300_800_000L;

  ClaimFields {
    if (!object.isObject()) {
      throw new IllegalArgumentException(what + " must be a JSON object");
    }
  }

  static ClaimFields of(String what, byte[] document, int most) {
    return switch (BoundedJson.read(document, most)) {
      case BoundedJson.No(Fault fault) ->
          throw new IllegalArgumentException(
              "%s must be a JSON object: %s %s".formatted(what, fault.pointer(), fault.reason()));
      case BoundedJson.Whole(ObjectNode root) -> new ClaimFields(what, root);
    };
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** Refuses members of other names. */
  ClaimFields only(List<String> names) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                throw new IllegalArgumentException(
                    what + " has a key that is not known; there are " + String.join(", ", names));
              }
            });
    return this;
  }

  String text(String name) {
    String text = object.path(name).textValue();
    if (text == null
        || text.isBlank()
        || text.getBytes(StandardCharsets.UTF_8).length > MaterialClaim.MAX_TEXT) {
      throw new IllegalArgumentException(
          name + " is missing, or longer than " + MaterialClaim.MAX_TEXT + " bytes");
    }
    return text;
  }

  String id(String name) {
    String text = object.path(name).textValue();
    if (text == null || !ID.matcher(text).matches()) {
      throw new IllegalArgumentException(
          name + " is missing, or not 1 to 40 letters, digits, dots, dashes or underscores");
    }
    return text;
  }

  Hash hash(String name) {
    String text = object.path(name).textValue();
    if (text == null || !text.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(name + " is missing, or not 64 digits of 0-9 and a-f");
    }
    return Hash.of(HexFormat.of().parseHex(text));
  }

  int ppm(String name) {
    JsonNode value = object.path(name);
    if (!value.isInt()) {
      throw new IllegalArgumentException(name + " is missing, or no whole number of 1 to 1000000");
    }
    return value.intValue();
  }

  /** Reads the number of a leaf. */
  long leaf(String name) {
    JsonNode value = object.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new IllegalArgumentException(name + " is missing, or not the number of a leaf");
    }
    return value.longValue();
  }

  <T extends Enum<T>> T word(String name, T[] values) {
    String text = object.path(name).textValue();
    for (T value : values) {
      if (word(value).equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        name
            + " is one of "
            + String.join(", ", Arrays.stream(values).map(ClaimFields::word).toList()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads the members {@code validFrom} and {@code validTo}. */
  Period period() {
    return new Period(time("validFrom"), time("validTo"));
  }

  private long time(String name) {
    String text = object.path(name).textValue();
    try {
      if (text != null) {
        long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
        if (millis >= 0 && millis < YEAR_10000) {
          return millis;
        }
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(name + " is no time; write it as 2026-03-01T06:00:00Z", e);
    }
    throw new IllegalArgumentException(name + " is missing, or no time after 1970");
  }
}
