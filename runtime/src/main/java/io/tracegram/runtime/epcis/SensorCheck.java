package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.json.Findings;
import io.tracegram.runtime.json.Place;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of sensor elements (EPCIS 2.0 §7.3.7). Single-threaded. */
final class SensorCheck {
  /** What is said once: of the whole element, or of each report. */
  private static final List<String> EITHER_OR =
      List.of("time", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "bizRules");

  private static final Set<String> METADATA =
      Set.of(
          "time",
          "startTime",
          "endTime",
          "deviceID",
          "deviceMetadata",
          "rawData",
          "dataProcessingMethod",
          "bizRules");
  private static final List<String> REPORT_URIS =
      List.of(
          "deviceID",
          "deviceMetadata",
          "rawData",
          "dataProcessingMethod",
          "bizRules",
          "microorganism",
          "chemicalSubstance",
          "coordinateReferenceSystem",
          "uriValue");
  private static final List<String> NUMBERS =
      List.of("value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue");
  private static final List<String> VALUES =
      List.of(
          "value",
          "stringValue",
          "booleanValue",
          "hexBinaryValue",
          "uriValue",
          "minValue",
          "maxValue",
          "meanValue",
          "percValue",
          "exception");
  private static final Set<String> REPORT =
      Set.of(
          "type",
          "exception",
          "deviceID",
          "deviceMetadata",
          "rawData",
          "dataProcessingMethod",
          "bizRules",
          "time",
          "microorganism",
          "chemicalSubstance",
          "coordinateReferenceSystem",
          "value",
          "component",
          "stringValue",
          "booleanValue",
          "hexBinaryValue",
          "uriValue",
          "minValue",
          "maxValue",
          "meanValue",
          "sDev",
          "percRank",
          "percValue",
          "uom");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Checks checks;
  private final Findings findings;

  SensorCheck(Checks checks, Findings findings) {
    this.checks = checks;
    this.findings = findings;
  }

  void elements(ObjectNode event, Place place) {
    List<JsonNode> elements = checks.array(event, "sensorElementList", place);
    for (int i = 0; i < elements.size() && !findings.isFull(); i++) {
      Place at = place.to("sensorElementList").to(i);
      checks.object(elements.get(i), at).ifPresent(element -> element(element, at));
    }
  }

  private void element(ObjectNode element, Place place) {
    checks.members(element, Set.of("sensorMetadata", "sensorReport"), true, place);
    Place metadataPlace = place.to("sensorMetadata");
    Optional<ObjectNode> metadata = checks.object(element.path("sensorMetadata"), metadataPlace);
    metadata.ifPresent(object -> metadata(object, metadataPlace));
    List<JsonNode> reports = checks.array(element, "sensorReport", place);
    if (reports.isEmpty()
        && (!element.has("sensorReport") || element.path("sensorReport").isArray())) {
      findings.add(place, "needs at least one 'sensorReport'");
    }
    for (int i = 0; i < reports.size() && !findings.isFull(); i++) {
      Place at = place.to("sensorReport").to(i);
      checks
          .object(reports.get(i), at)
          .ifPresent(
              report -> {
                report(report, at);
                metadata.ifPresent(object -> saidOnce(object, report, at));
              });
    }
  }

  private void metadata(ObjectNode metadata, Place place) {
    checks.members(metadata, METADATA, true, place);
    for (String member :
        List.of("deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "bizRules")) {
      checks.uri(metadata, member, place);
    }
    checks.time(metadata, "time", place);
    Optional<Instant> start = checks.time(metadata, "startTime", place);
    Optional<Instant> end = checks.time(metadata, "endTime", place);
    if (start.isPresent() && end.isPresent() && start.get().isAfter(end.get())) {
      findings.add(place.to("endTime"), "is before 'startTime'");
    }
  }

  private void saidOnce(ObjectNode metadata, ObjectNode report, Place place) {
    for (String member : EITHER_OR) {
      if (metadata.has(member) && report.has(member)) {
        findings.add(
            place.to(member),
            "stands in sensorMetadata too: '" + member + "' is said for all reports or in each");
      }
    }
  }

  private void report(ObjectNode report, Place place) {
    checks.members(report, REPORT, true, place);
    checks.required(report, "type", place, "the measured property, such as Temperature");
    checks.term(report, "type", Vocabulary.MEASUREMENT, place);
    checks.term(report, "exception", Vocabulary.SENSOR_ALERT, place);
    checks.term(report, "component", Vocabulary.COMPONENT, place);
    checks.time(report, "time", place);
    REPORT_URIS.forEach(member -> checks.uri(report, member, place));
    NUMBERS.forEach(member -> checks.decimal(report, member, place));
    checks.unit(report, "uom", place);
    checks.text(report, "stringValue", place);
    checks
        .text(report, "hexBinaryValue", place)
        .filter(text -> text.isEmpty() || !text.chars().allMatch(c -> Character.digit(c, 16) >= 0))
        .ifPresent(
            text ->
                findings.add(place.to("hexBinaryValue"), "must be hexadecimal digits, 0-9 A-F"));
    if (report.has("booleanValue") && !report.path("booleanValue").isBoolean()) {
      findings.add(place.to("booleanValue"), "must be true or false, without quotes");
    }
    if (VALUES.stream().noneMatch(report::has)) {
      findings.add(
          place,
          "reports nothing: give a 'value', 'stringValue', 'booleanValue', 'hexBinaryValue',"
              + " 'uriValue', 'minValue', 'maxValue', 'meanValue', 'percValue' or 'exception'");
    }
    ranges(report, place);
  }

  private void ranges(ObjectNode report, Place place) {
    notAbove(report, "minValue", "maxValue", place);
    notAbove(report, "minValue", "meanValue", place);
    notAbove(report, "meanValue", "maxValue", place);
    number(report, "sDev")
        .filter(deviation -> deviation.signum() < 0)
        .ifPresent(deviation -> findings.add(place.to("sDev"), "must not be negative"));
    number(report, "percRank")
        .filter(rank -> rank.signum() < 0 || rank.compareTo(HUNDRED) > 0)
        .ifPresent(rank -> findings.add(place.to("percRank"), "must be from 0 to 100"));
    if (report.has("percRank") != report.has("percValue")) {
      findings.add(place, "needs both 'percRank' and 'percValue', or neither");
    }
  }

  private void notAbove(ObjectNode report, String less, String more, Place place) {
    Optional<BigDecimal> low = number(report, less);
    Optional<BigDecimal> high = number(report, more);
    if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) > 0) {
      findings.add(place.to(less), "is above '" + more + "'");
    }
  }

  private static Optional<BigDecimal> number(ObjectNode report, String member) {
    JsonNode value = report.path(member);
    return value.isNumber() ? Optional.of(value.decimalValue()) : Optional.empty();
  }
}
