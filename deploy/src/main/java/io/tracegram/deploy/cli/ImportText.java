package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Writes what an import came to for a person. */
final class ImportText {
  private ImportText() {}

  static String of(JsonNode result) {
    StringBuilder text = new StringBuilder();
    text.append("%,d rows%n".formatted(result.path("rows").asLong()));
    energy(text, "supplied", result.path("suppliedKwh"));
    energy(text, "on sub-meters", result.path("onSubmetersKwh"));
    energy(text, "residual", result.path("residualKwh"));
    for (Map.Entry<String, JsonNode> basis : result.path("co2eKg").properties()) {
      text.append(
          "%-15s %s kg CO2e%n"
              .formatted(
                  basis.getKey(),
                  basis.getValue().isNull() ? "unknown" : basis.getValue().asText()));
    }
    text.append(
            "%d quarter-hours lack a factor and are in no sum%n"
                .formatted(result.path("unknownSlots").asLong()))
        .append(
            "conservation error %d µg%n".formatted(result.path("conservationErrorUg").asLong()));
    result.path("notes").forEach(note -> text.append("note: %s%n".formatted(note.asText())));
    return text.toString();
  }

  private static void energy(StringBuilder text, String name, JsonNode kilowattHours) {
    text.append("%-15s %s kWh%n".formatted(name, kilowattHours.asText()));
  }
}
