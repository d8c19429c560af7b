package io.tracegram.runtime.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Function;

/**
 * Builds and writes the JSON of our interfaces: keys in the order they were put, quantities as
 * canonical decimal strings, times as ISO 8601 UTC. Thread-safe.
 */
public final class Json {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  private Json() {}

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  public static ArrayNode array() {
    return NODES.arrayNode();
  }

  public static <T> ArrayNode array(
      Iterable<T> values, Function<? super T, ? extends JsonNode> node) {
    ArrayNode array = array();
    values.forEach(value -> array.add(node.apply(value)));
    return array;
  }

  /** Writes ms since 1970 UTC as ISO 8601 UTC. */
  public static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  public static String compact(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a JSON tree of our own cannot be written", e);
    }
  }

  /** Writes a tree with line breaks, for people. */
  public static String pretty(JsonNode node) {
    return node.toPrettyString();
  }

  /** Reads JSON that a test or a page of our own wrote. */
  public static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
