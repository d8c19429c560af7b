package io.tracegram.runtime.epcis;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The five types of events of EPCIS 2.0 §7.4, each with the members it may have. */
enum EventType {
  OBJECT_EVENT("ObjectEvent", "epcList quantityList action persistentDisposition ilmd"),
  AGGREGATION_EVENT("AggregationEvent", "parentID childEPCs childQuantityList action"),
  TRANSACTION_EVENT("TransactionEvent", "parentID epcList quantityList action"),
  TRANSFORMATION_EVENT(
      "TransformationEvent",
      "inputEPCList inputQuantityList outputEPCList outputQuantityList transformationID"
          + " persistentDisposition ilmd"),
  ASSOCIATION_EVENT("AssociationEvent", "parentID childEPCs childQuantityList action");

  private final String text;
  private final Set<String> members;

  EventType(String text, String own) {
    this.text = text;
    Set<String> all = new HashSet<>(Set.of(own.split(" ")));
    all.addAll(common());
    members = Set.copyOf(all);
  }

  private static Set<String> common() {
    return Set.of(
        "@context",
        "type",
        "eventID",
        "eventTime",
        "recordTime",
        "eventTimeZoneOffset",
        "certificationInfo",
        "errorDeclaration",
        "bizStep",
        "disposition",
        "readPoint",
        "bizLocation",
        "bizTransactionList",
        "sourceList",
        "destinationList",
        "sensorElementList");
  }

  String text() {
    return text;
  }

  Set<String> members() {
    return members;
  }

  static Optional<EventType> of(String text) {
    return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
  }

  /** Returns a type that has a member which another lacks; empty if none has it. */
  static Optional<EventType> having(String member) {
    return Arrays.stream(values()).filter(type -> type.members.contains(member)).findFirst();
  }
}
