package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that queries can ask of one event, read from its normal form. Single-threaded. */
final class EventTerms {
  private static final Map<String, Field> SENSOR_NUMBERS =
      Map.of(
          "value", Field.VALUE,
          "minValue", Field.MIN_VALUE,
          "maxValue", Field.MAX_VALUE,
          "meanValue", Field.MEAN_VALUE,
          "sDev", Field.STANDARD_DEVIATION,
          "percValue", Field.PERCENTILE_VALUE);
  private static final Map<String, Field> SENSOR_WORDS =
      Map.of(
          "deviceID", Field.DEVICE_ID,
          "dataProcessingMethod", Field.DATA_PROCESSING_METHOD,
          "microorganism", Field.MICROORGANISM,
          "chemicalSubstance", Field.CHEMICAL_SUBSTANCE,
          "bizRules", Field.BIZ_RULES,
          "stringValue", Field.STRING_VALUE,
          "booleanValue", Field.BOOLEAN_VALUE,
          "hexBinaryValue", Field.HEX_BINARY_VALUE,
          "uriValue", Field.URI_VALUE);

  private final Set<Term> terms = new LinkedHashSet<>();
  private final List<Measure> measures = new ArrayList<>();

  private EventTerms() {}

  static EventTerms of(String eventId, ObjectNode normal) {
    EventTerms found = new EventTerms();
    found.add(Field.EVENT_ID, eventId);
    found.terms.add(identity(eventId, normal));
    found.event(normal);
    return found;
  }

  /** Names an event: an error declaration bears the id of the event that it takes back. */
  static Term identity(String eventId, ObjectNode event) {
    return new Term(
        Field.IDENTITY, (event.has("errorDeclaration") ? "error " : "event ") + eventId);
  }

  /** Returns each term once, those of the measures among them. */
  Set<Term> terms() {
    return terms;
  }

  List<Measure> measures() {
    return measures;
  }

  /** Returns the microseconds since 1970 UTC of a time that may have an offset. */
  static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }

  private void event(ObjectNode event) {
    text(Field.TYPE, event.path("type"));
    text(Field.ACTION, event.path("action"));
    text(Field.BIZ_STEP, event.path("bizStep"));
    text(Field.DISPOSITION, event.path("disposition"));
    texts(Field.PERSISTENT_SET, event.path("persistentDisposition").path("set"));
    texts(Field.PERSISTENT_UNSET, event.path("persistentDisposition").path("unset"));
    text(Field.READ_POINT, event.path("readPoint").path("id"));
    text(Field.BIZ_LOCATION, event.path("bizLocation").path("id"));
    text(Field.TRANSFORMATION_ID, event.path("transformationID"));
    texts(Field.EPC, event.path("epcList"));
    texts(Field.EPC, event.path("childEPCs"));
    text(Field.PARENT_ID, event.path("parentID"));
    texts(Field.INPUT_EPC, event.path("inputEPCList"));
    texts(Field.OUTPUT_EPC, event.path("outputEPCList"));
    quantities(Field.EPC_CLASS, event.path("quantityList"));
    quantities(Field.EPC_CLASS, event.path("childQuantityList"));
    quantities(Field.INPUT_CLASS, event.path("inputQuantityList"));
    quantities(Field.OUTPUT_CLASS, event.path("outputQuantityList"));
    typed(Field.BIZ_TRANSACTION, event.path("bizTransactionList"), "bizTransaction");
    typed(Field.SOURCE, event.path("sourceList"), "source");
    typed(Field.DESTINATION, event.path("destinationList"), "destination");
    JsonNode error = event.path("errorDeclaration");
    if (error.isObject()) {
      add(Field.ERROR_DECLARATION, "");
      text(Field.ERROR_REASON, error.path("reason"));
      texts(Field.CORRECTIVE_EVENT_ID, error.path("correctiveEventIDs"));
      time(Field.ERROR_TIME, error.path("declarationTime"));
    }
    event.path("sensorElementList").forEach(this::sensor);
  }

  private void sensor(JsonNode element) {
    add(Field.SENSOR_ELEMENT, "");
    JsonNode metadata = element.path("sensorMetadata");
    time(Field.SENSOR_TIME, metadata.path("time"));
    time(Field.SENSOR_START, metadata.path("startTime"));
    time(Field.SENSOR_END, metadata.path("endTime"));
    SENSOR_WORDS.forEach((name, field) -> text(field, metadata.path(name)));
    for (JsonNode report : element.path("sensorReport")) {
      text(Field.SENSOR_TYPE, report.path("type"));
      SENSOR_WORDS.forEach((name, field) -> text(field, report.path(name)));
      String unit = report.path("uom").asText("");
      SENSOR_NUMBERS.forEach((name, field) -> number(field, report.path(name), unit));
      number(Field.PERCENTILE_RANK, report.path("percRank"), "");
    }
  }

  private void quantities(Field classes, JsonNode list) {
    for (JsonNode element : list) {
      text(classes, element.path("epcClass"));
      JsonNode quantity = element.path("quantity");
      if (quantity.isNumber()) {
        measure(new Term(Field.QUANTITY, ""), quantity.decimalValue());
        number(Field.QUANTITY, quantity, element.path("uom").asText(""));
      }
    }
  }

  private void number(Field field, JsonNode value, String unit) {
    if (!value.isNumber()) {
      return;
    }
    try {
      measure(
          new Term(field, unit.isEmpty() ? "" : Units.dimension(unit)),
          inUnit(field, value.decimalValue(), unit));
    } catch (ArithmeticException e) {
      // an exponent beyond all bounds: the event is kept, and no number finds it
      return;
    }
  }

  /** Converts a number of a field to the unit in which the field is compared. */
  static BigDecimal inUnit(Field field, BigDecimal value, String unit) {
    return field == Field.STANDARD_DEVIATION
        ? Units.difference(value, unit)
        : Units.value(value, unit);
  }

  private void time(Field field, JsonNode value) {
    if (value.isTextual()) {
      // the judge takes no other times; one that slipped through would be found by no time
      EpcisTime.instant(value.textValue())
          .ifPresent(instant -> measure(new Term(field, ""), BigDecimal.valueOf(micros(instant))));
    }
  }

  private void typed(Field field, JsonNode list, String name) {
    for (JsonNode element : list) {
      if (element.path(name).isTextual()) {
        add(field, typed(element.path("type").asText(""), element.path(name).textValue()));
      }
    }
  }

  /** Joins the type of a transaction, source or destination with its value. */
  static String typed(String type, String value) {
    return type + "\n" + value;
  }

  private void texts(Field field, JsonNode list) {
    list.forEach(value -> text(field, value));
  }

  private void text(Field field, JsonNode value) {
    if (value.isTextual() || value.isBoolean()) {
      add(field, value.asText());
    }
  }

  private void add(Field field, String value) {
    terms.add(new Term(field, value));
  }

  private void measure(Term of, BigDecimal value) {
    terms.add(of);
    measures.add(new Measure(of, value));
  }
}
