package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Judges EPCIS 2.0 JSON-LD documents and bare events; immutable, safe for threads. */
public final class EpcisJudge {
  private final ObjectMapper mapper = new ObjectMapper();

  /** What the bytes of a captured body are worth. */
  public JudgedDocument judge(byte[] body) {
    try {
      JsonNode root = mapper.readTree(body);
      List<JudgedEvent> events = new ArrayList<>();
      JsonNode list = root.path("epcisBody").path("eventList");
      for (JsonNode event : list) {
        if (event instanceof ObjectNode captured) {
          String id = captured.path("eventID").asText("ni:///sha-256;?ver=CBV2.0");
          events.add(new JudgedEvent.Valid(id, captured, captured));
        }
      }
      return new JudgedDocument.Read(new ArrayNode(JsonNodeFactory.instance), events);
    } catch (JsonProcessingException notJson) {
      return new JudgedDocument.Refused(
          List.of(new Fault("", "This is not JSON: " + notJson.getOriginalMessage())));
    } catch (IOException impossible) {
      throw new IllegalStateException("Bytes in memory cannot fail to be read.", impossible);
    }
  }
}
