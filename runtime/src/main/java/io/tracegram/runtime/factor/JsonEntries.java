package io.tracegram.runtime.factor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** Walks through the entries of one JSON object's list, one at a time in memory. Stateless. */
final class JsonEntries {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonEntries() {}

  /** Takes an entry; an {@link IllegalArgumentException} says what is wrong with it. */
  interface Sink {
    void entry(long line, JsonNode entry);
  }

  /**
   * Walks.
   *
   * @param lists names under which the list may stand
   * @return what else the object holds, with no list under those names if there was none; empty if
   *     it is no JSON object, which is then among the faults
   */
  static Optional<ObjectNode> walk(InputStream in, Set<String> lists, Faults faults, Sink sink)
      throws IOException {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    try (JsonParser parser = MAPPER.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        faults.add(1, "one JSON object is expected, {…}");
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME && !faults.isFull()) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (lists.contains(name) && value == JsonToken.START_ARRAY) {
          rest.putArray(name);
          entries(parser, faults, sink);
        } else {
          JsonNode node = MAPPER.readTree(parser);
          rest.set(name, node);
        }
      }
      if (!faults.isFull() && parser.nextToken() != null) {
        faults.add(parser.currentLocation().getLineNr(), "something follows the JSON object");
      }
      return Optional.of(rest);
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      faults.add(Math.max(1, line), "is no JSON: " + firstLine(e.getOriginalMessage()));
      return Optional.empty();
    } catch (CharConversionException e) {
      faults.add(1, "is no JSON in UTF-8");
      return Optional.empty();
    }
  }

  private static void entries(JsonParser parser, Faults faults, Sink sink) throws IOException {
    int number = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY && !faults.isFull()) {
      number++;
      long line = parser.currentTokenLocation().getLineNr();
      JsonNode entry = MAPPER.readTree(parser);
      try {
        sink.entry(line, entry);
      } catch (IllegalArgumentException e) {
        faults.add(line, "entry " + number + ": " + e.getMessage());
      }
    }
  }

  /** Returns a text that must be there. */
  static String text(JsonNode entry, String key) {
    JsonNode value = entry.path(key);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("'" + key + "' must be a text");
    }
    return value.textValue();
  }

  /** Returns an intensity in nanograms per kWh; empty if it is null. */
  static Optional<Long> nanograms(JsonNode entry, String key) {
    JsonNode value = entry.path(key);
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException(
          "'" + key + "' must be a number of g/kWh, or null where it is unknown");
    }
    BigDecimal grams = value.decimalValue();
    return Optional.of(Written.nanograms(grams, grams.toString()));
  }

  private static String firstLine(String message) {
    String line = String.valueOf(message).lines().findFirst().orElse("");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
