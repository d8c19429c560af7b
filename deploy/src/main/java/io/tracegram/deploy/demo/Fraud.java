package io.tracegram.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A fraud that the simulator planted on a floor, and the leaf by which the plant's accounts found
 * it; immutable.
 *
 * @param plantTime ISO 8601
 * @param lot whose label was scanned, {@code 01/{gtin}/10/{lot}}
 * @param code of the exception that must name it
 * @param leaf evidence of that exception; empty if it was not found
 */
public record Fraud(String plantTime, String facility, String lot, String code, OptionalLong leaf) {
  private static final int COLUMNS = 5;

  /** An exception about an order names the order, not the lot that came out. */
  private static final String OF_AN_ORDER = "custody.yield";

  /**
   * Reads what was planted and looks for it among the plants' problems.
   *
   * @param file as the simulator wrote it; none were planted if there is none
   * @param problems by facility id, as {@code /api/v1/problems} lists them
   */
  static List<Fraud> read(Path file, Map<String, List<JsonNode>> problems) throws IOException {
    List<Fraud> frauds = new ArrayList<>();
    if (!Files.exists(file)) {
      return frauds;
    }
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      if (cells.length != COLUMNS) {
        throw new IOException(file + " has a line that is no planted fraud: " + line);
      }
      frauds.add(
          new Fraud(
              cells[0],
              cells[1],
              cells[3],
              cells[4],
              found(cells[3], cells[4], problems.getOrDefault(cells[1], List.of()))));
    }
    return frauds;
  }

  boolean isFound() {
    return leaf.isPresent();
  }

  private static OptionalLong found(String lot, String code, List<JsonNode> problems) {
    return problems.stream()
        .filter(problem -> problem.path("code").asText().equals(code))
        .filter(
            problem ->
                code.equals(OF_AN_ORDER)
                    ? problem.path("reason").asText().contains(lot)
                    : problem.path("subject").asText().equals(lot))
        .filter(problem -> problem.path("evidence").path("leaf").canConvertToLong())
        .mapToLong(problem -> problem.path("evidence").path("leaf").asLong())
        .findFirst();
  }
}
