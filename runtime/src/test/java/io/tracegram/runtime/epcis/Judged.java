package io.tracegram.runtime.epcis;

import io.tracegram.runtime.json.Fault;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Documents for tests, and what the judge says of them. */
final class Judged {
  static final String CONTEXT =
      "[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\","
          + "{\"plant\":\"https://ns.plant.example/epcis/\"}]";

  /** The members that an object event needs, to be followed by others. */
  static final String OBJECT =
      """
      "type":"ObjectEvent","action":"OBSERVE","eventTime":"2026-11-24T08:15:30.000+01:00",
      "eventTimeZoneOffset":"+01:00","epcList":["urn:epc:id:sgtin:9520000.000003.DRUM-77"]\
      """;

  private static final EpcisJudge JUDGE = new EpcisJudge();

  private Judged() {}

  static String document(String... events) {
    return "{\"@context\":"
        + CONTEXT
        + ",\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\",\"creationDate\":"
        + "\"2026-11-24T00:00:00Z\",\"epcisBody\":{\"eventList\":["
        + String.join(",", events)
        + "]}}";
  }

  static JudgedDocument document(byte[] body) {
    return JUDGE.judge(body);
  }

  static JudgedDocument text(String body) {
    return document(body.getBytes(StandardCharsets.UTF_8));
  }

  static List<JudgedEvent> events(String... events) {
    return switch (text(document(events))) {
      case JudgedDocument.Read read -> read.events();
      case JudgedDocument.Refused refused -> throw new AssertionError(refused.faults());
    };
  }

  static JudgedEvent.Valid valid(String event) {
    return switch (events(event).getFirst()) {
      case JudgedEvent.Valid valid -> valid;
      case JudgedEvent.Invalid invalid -> throw new AssertionError(invalid.faults());
    };
  }

  /** All faults, of the document or of its events. */
  static List<Fault> faults(String body) {
    return switch (text(body)) {
      case JudgedDocument.Refused refused -> refused.faults();
      case JudgedDocument.Read read ->
          read.events().stream()
              .flatMap(
                  event ->
                      switch (event) {
                        case JudgedEvent.Valid valid -> List.<Fault>of().stream();
                        case JudgedEvent.Invalid invalid -> invalid.faults().stream();
                      })
              .toList();
    };
  }
}
