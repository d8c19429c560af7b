package io.tracegram.runtime.senml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.json.BoundedJson;
import io.tracegram.runtime.json.Excerpt;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the records of a pack in JSON (RFC 8428 §5), not yet resolved. Pure, stateless. */
final class SenmlJson {
  private static final Map<String, SenmlField> FIELDS = fields();

  private SenmlJson() {}

  static List<Map<SenmlField, SenmlValue>> read(byte[] body) throws SenmlRefusal {
    return switch (BoundedJson.readList(body, SenmlBounds.MOST_BYTES)) {
      case BoundedJson.No no -> throw new SenmlRefusal("malformed", no.fault().reason());
      case BoundedJson.WholeList(ArrayNode list) -> records(list);
    };
  }

  private static List<Map<SenmlField, SenmlValue>> records(ArrayNode list) throws SenmlRefusal {
    List<Map<SenmlField, SenmlValue>> records = new ArrayList<>();
    for (JsonNode item : list) {
      if (!(item instanceof ObjectNode object)) {
        throw new SenmlRefusal("malformed", "the pack has a record that is no object");
      }
      Map<SenmlField, SenmlValue> record = new EnumMap<>(SenmlField.class);
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        SenmlField field = FIELDS.get(member.getKey());
        if (field != null) {
          record.put(field, value(member.getKey(), member.getValue()));
        } else {
          understood(member.getKey());
        }
      }
      records.add(record);
    }
    return records;
  }

  /** Unknown fields are ignored, but for those that must be understood (RFC 8428 §4.4). */
  static void understood(String label) throws SenmlRefusal {
    if (label.endsWith("_")) {
      throw new SenmlRefusal(
          "must-understand",
          "the pack has the field " + Excerpt.quoted(label) + ", which must be understood");
    }
  }

  private static SenmlValue value(String label, JsonNode node) throws SenmlRefusal {
    if (node.isNumber()) {
      return new SenmlValue.Numeric(SenmlBounds.number(node.decimalValue()), BigDecimal.ZERO);
    }
    if (node.isTextual()) {
      return new SenmlValue.Text(SenmlBounds.text(node.textValue(), SenmlBounds.MOST_TEXT, label));
    }
    if (node.isBoolean()) {
      return new SenmlValue.Flag(node.booleanValue());
    }
    throw new SenmlRefusal("wrong-type", "'" + label + "' is neither number, text nor flag");
  }

  private static Map<String, SenmlField> fields() {
    Map<String, SenmlField> fields = new HashMap<>();
    for (SenmlField field : SenmlField.values()) {
      fields.put(field.label(), field);
    }
    return Map.copyOf(fields);
  }
}
