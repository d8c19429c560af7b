package io.tracegram.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.deploy.demo.DemoPlan.Plant;
import io.tracegram.deploy.verify.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a demonstration came to: the gateways' own figures beside what {@code verify} recomputed.
 * Immutable.
 *
 * @param facilities answers of each gateway's {@code /api/v1/facility}
 * @param balances answers of each gateway's {@code /api/v1/balance} over all of the time
 * @param reports of each facility's log
 * @param cloud of the central service's own log
 * @param declarations answer of the cloud's {@code /api/v1/declarations}
 * @param frauds that were planted on the floors
 */
public record DemoResult(
    DemoPlan plan,
    Map<Plant, JsonNode> facilities,
    Map<Plant, JsonNode> balances,
    Map<Plant, VerifyReport> reports,
    VerifyReport cloud,
    JsonNode declarations,
    List<Fraud> frauds) {

  public DemoResult {
    frauds = List.copyOf(frauds);
  }

  /**
   * Says whether every log verified, conserved, balanced and is mirrored to the last leaf, and
   * every planted fraud was found.
   */
  public boolean isVerified() {
    return cloud.verified()
        && frauds.stream().allMatch(Fraud::isFound)
        && DemoPlan.PLANTS.stream().allMatch(plant -> problems(plant).isEmpty());
  }

  /** Returns what is not as it should be at a facility, for people. */
  List<String> problems(Plant plant) {
    JsonNode facility = facilities.get(plant);
    VerifyReport report = reports.get(plant);
    List<String> problems = new ArrayList<>();
    if (facility == null || report == null) {
      problems.add("its gateway did not answer at the end");
      return problems;
    }
    report.findings().forEach(finding -> problems.add(finding.toString()));
    if (!facility.path("conservationErrorUg").asText().equals("0")) {
      problems.add("CO2e is not conserved");
    }
    if (!massDifference(plant).equals("0")) {
      problems.add("its mass is not balanced: " + massDifference(plant) + " kg");
    }
    if (facility.path("mirroredSize").asLong() != report.size()
        || facility.path("logSize").asLong() != report.size()) {
      problems.add(
          "%s of %d leaves are mirrored"
              .formatted(facility.path("mirroredSize").asText(), report.size()));
    }
    report
        .totals()
        .filter(
            totals ->
                !totals
                    .total()
                    .energy()
                    .kilowattHours()
                    .equals(facility.path("energyKwh").asText()))
        .ifPresent(totals -> problems.add("the served energy is not the recomputed one"));
    return problems;
  }

  /** Returns what the balance of the plant's mass leaves unexplained, kg. */
  private String massDifference(Plant plant) {
    JsonNode balance = balances.get(plant);
    return balance == null ? "unknown" : balance.path("total").path("differenceKg").asText();
  }

  public ObjectNode json(ObjectMapper mapper) {
    ObjectNode root = mapper.createObjectNode();
    ArrayNode all = root.putArray("facilities");
    for (Plant plant : DemoPlan.PLANTS) {
      JsonNode facility = facilities.getOrDefault(plant, mapper.createObjectNode());
      ObjectNode each = all.addObject();
      each.put("id", plant.facility());
      each.put("gatewayUrl", plan.url(plant));
      for (String field :
          List.of(
              "statementsAdmitted",
              "statementsRefused",
              "readings",
              "energyKwh",
              "co2eKg",
              "lots",
              "conservationErrorUg",
              "logSize",
              "mirroredSize")) {
        each.set(field, facility.path(field).isMissingNode() ? null : facility.path(field));
      }
      each.put("massDifferenceKg", massDifference(plant));
      each.put("verified", problems(plant).isEmpty());
    }
    root.put("cloudUrl", plan.cloudUrl());
    ArrayNode declared = root.putArray("declarations");
    for (JsonNode declaration : declarations) {
      ObjectNode each = declared.addObject();
      for (String field : List.of("url", "co2eKg", "ownKg", "inheritedKg")) {
        each.set(field, declaration.path(field));
      }
    }
    ArrayNode planted = root.putArray("frauds");
    for (Fraud fraud : frauds) {
      ObjectNode each =
          planted
              .addObject()
              .put("plantTime", fraud.plantTime())
              .put("facility", fraud.facility())
              .put("lot", fraud.lot())
              .put("code", fraud.code())
              .put("found", fraud.isFound());
      fraud.leaf().ifPresent(leaf -> each.put("leaf", leaf));
    }
    root.put("cloudLogSize", cloud.size());
    root.put("evidence", plan.evidence().toString());
    root.put("verified", isVerified());
    return root;
  }

  /** Returns the summary for people. */
  public String text() {
    StringBuilder text = new StringBuilder("\n");
    for (Plant plant : DemoPlan.PLANTS) {
      JsonNode facility = facilities.get(plant);
      VerifyReport report = reports.get(plant);
      text.append(problems(plant).isEmpty() ? "✓ " : "✗ ").append(plant.facility()).append('\n');
      if (facility != null) {
        text.append(
            "  %s statements, %s readings; %s kWh and %s kg CO2e (location-based); %s lots\n"
                .formatted(
                    facility.path("statementsAdmitted").asText(),
                    facility.path("readings").asText(),
                    facility.path("energyKwh").asText(),
                    facility.path("co2eKg").path("locationBased").asText(),
                    facility.path("lots").asText()));
      }
      if (report != null) {
        report.steps().forEach(step -> text.append("  ✓ ").append(step).append('\n'));
      }
      problems(plant).forEach(problem -> text.append("  ✗ ").append(problem).append('\n'));
    }
    text.append(cloud.verified() ? "✓ " : "✗ ").append("cloud, its own log\n");
    cloud.steps().forEach(step -> text.append("  ✓ ").append(step).append('\n'));
    cloud.findings().forEach(finding -> text.append("  ✗ ").append(finding).append('\n'));
    for (JsonNode declaration : declarations) {
      text.append(
          "declaration %s: %s kg CO2e = %s own + %s inherited\n"
              .formatted(
                  declaration.path("url").asText(),
                  declaration.path("co2eKg").asText(),
                  declaration.path("ownKg").asText(),
                  declaration.path("inheritedKg").asText()));
    }
    for (Fraud fraud : frauds) {
      text.append(
          fraud.leaf().isPresent()
              ? "✓ planted fraud found: %s of %s at %s, leaf %d\n"
                  .formatted(fraud.code(), fraud.lot(), fraud.facility(), fraud.leaf().getAsLong())
              : "✗ planted fraud not found: %s of %s at %s\n"
                  .formatted(fraud.code(), fraud.lot(), fraud.facility()));
    }
    text.append("evidence for others: " + plan.evidence() + "\n");
    return text.toString();
  }
}
