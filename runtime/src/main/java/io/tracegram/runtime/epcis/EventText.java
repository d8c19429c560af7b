package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.web.Json;
import java.io.UncheckedIOException;

/** Writes and reads the JSON of events without changing it: members in order, numbers exact. */
final class EventText {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private EventText() {}

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a JSON tree cannot be written", e);
    }
  }

  /** Reads what {@link #write} wrote. */
  static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the projection holds no JSON", e);
    }
  }

  /**
   * Writes an event as queries return it: as captured, with its id if it came without one, and with
   * our record time, which the standard demands of results and ignores in captures (EPCIS 2.0
   * §7.4.1).
   */
  static String recorded(ObjectNode event, String eventId, long recordedMillis) {
    ObjectNode shown = event.objectNode().setAll(event);
    if (!shown.has("eventID")) {
      shown.put("eventID", eventId);
    }
    return write(shown.put("recordTime", Json.time(recordedMillis)));
  }
}
