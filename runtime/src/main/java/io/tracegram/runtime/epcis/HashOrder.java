package io.tracegram.runtime.epcis;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The order of elements in an event's pre-hash string, as the reference implementation has it.
 *
 * @param order that of its children; empty if it has none
 */
record HashOrder(String name, List<HashOrder> order) {
  private static final HashOrder[] QUANTITIES = {
    with("quantityElement", names("epcClass", "quantity", "uom"))
  };
  private static final HashOrder[] EPCS = names("epc");

  static final List<HashOrder> EVENT =
      Stream.of(
              names("eventTime", "eventTimeZoneOffset", "certificationInfo", "parentID"),
              one("epcList", EPCS),
              one("inputEPCList", EPCS),
              one("childEPCs", EPCS),
              one("quantityList", QUANTITIES),
              one("childQuantityList", QUANTITIES),
              one("inputQuantityList", QUANTITIES),
              one("outputEPCList", EPCS),
              one("outputQuantityList", QUANTITIES),
              names("action", "transformationID", "bizStep", "disposition"),
              one("persistentDisposition", names("set", "unset")),
              one("readPoint", names("id")),
              one("bizLocation", names("id")),
              one("sensorElementList", one("sensorElement", sensorElement())))
          .flatMap(Arrays::stream)
          .toList();

  boolean isTime() {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("time") && !lower.contains("offset");
  }

  private static HashOrder[] sensorElement() {
    return new HashOrder[] {
      with(
          "sensorMetadata",
          names(
              "time",
              "startTime",
              "endTime",
              "deviceID",
              "deviceMetadata",
              "rawData",
              "dataProcessingMethod",
              "bizRules")),
      with(
          "sensorReport",
          names(
              "type",
              "exception",
              "deviceID",
              "deviceMetadata",
              "rawData",
              "dataProcessingMethod",
              "time",
              "microorganism",
              "chemicalSubstance",
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
              "uom",
              "coordinateReferenceSystem"))
    };
  }

  private static HashOrder[] names(String... names) {
    return Arrays.stream(names)
        .map(name -> new HashOrder(name, List.of()))
        .toArray(HashOrder[]::new);
  }

  private static HashOrder[] one(String name, HashOrder... children) {
    return new HashOrder[] {with(name, children)};
  }

  private static HashOrder with(String name, HashOrder... children) {
    return new HashOrder(name, List.of(children));
  }
}
