package io.tracegram.runtime.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.json.Fault;
import io.tracegram.runtime.json.Findings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileEpcisTest {
  private static final String EVENT = "/epcisBody/eventList/0";

  /** What is put beside a good object event's members, where the fault is, what the reason says. */
  static List<Arguments> additions() {
    return List.of(
        Arguments.of("\"bizStep\":\"shiping\"", "/bizStep", "did you mean 'shipping'?"),
        Arguments.of(
            "\"bizStep\":\"https://ref.gs1.org/cbv/BizStep-smelting\"", "/bizStep", "no term"),
        Arguments.of("\"disposition\":7", "/disposition", "text"),
        Arguments.of("\"eventID\":\"4711\"", "/eventID", "absolute URI"),
        Arguments.of("\"parentID\":\"urn:x:1\"", "/parentID", "but of a AggregationEvent"),
        Arguments.of("\"bizstep\":\"shipping\"", "/bizstep", "did you mean 'bizStep'?"),
        Arguments.of("\"own:field\":1", "/own:field", "@context"),
        Arguments.of("\"https://own.example/f\":1", "/https:~1~1own.example~1f", "@context"),
        Arguments.of("\"plant:a\":{\"own:b\":1}", "/plant:a/own:b", "@context"),
        Arguments.of("\"plant:a\":{\"@context\":{}}", "/plant:a/@context", "document's @context"),
        Arguments.of("\"plant:a\":\"\\ud800\"", "/plant:a", "Unicode"),
        Arguments.of("\"plant:a\":1e999999999", "/plant:a", "beyond all bounds"),
        Arguments.of("\"ilmd\":{\"plant:grade\":\"A\"}", "/ilmd", "ADD"),
        Arguments.of("\"readPoint\":{\"id\":\"gate 7\"}", "/readPoint/id", "absolute URI"),
        Arguments.of("\"readPoint\":{}", "/readPoint", "lacks 'id'"),
        Arguments.of("\"readPoint\":null", "/readPoint", "null"),
        Arguments.of(
            "\"quantityList\":[{\"epcClass\":\"urn:x:1\",\"quantity\":0,\"uom\":\"KGM\"}]",
            "/quantityList/0/quantity",
            "more than zero"),
        Arguments.of(
            "\"quantityList\":[{\"epcClass\":\"urn:x:1\",\"quantity\":\"5\"}]",
            "/quantityList/0/quantity",
            "without quotes"),
        Arguments.of(
            "\"quantityList\":[{\"epcClass\":\"urn:x:1\",\"quantity\":1.5}]",
            "/quantityList/0/quantity",
            "whole number"),
        Arguments.of(
            "\"quantityList\":[{\"epcClass\":\"urn:x:1\",\"quantity\":5,\"uom\":\"kilos\"}]",
            "/quantityList/0/uom",
            "KGM"),
        Arguments.of("\"quantityList\":[{\"quantity\":5}]", "/quantityList/0", "lacks 'epcClass'"),
        Arguments.of(
            "\"quantityList\":[{\"epcClass\":\"urn:x:1\",\"plant:a\":5}]",
            "/quantityList/0/plant:a",
            "no member"),
        Arguments.of("\"sourceList\":[{\"source\":\"urn:x:1\"}]", "/sourceList/0", "lacks 'type'"),
        Arguments.of(
            "\"sourceList\":[{\"type\":\"owner\",\"source\":\"urn:x:1\"}]",
            "/sourceList/0/type",
            "known: location, owning_party, possessing_party"),
        Arguments.of(
            "\"persistentDisposition\":{\"set\":[]}", "/persistentDisposition/set", "at least"),
        Arguments.of("\"errorDeclaration\":{}", "/errorDeclaration", "declarationTime"),
        Arguments.of("\"sensorElementList\":[{}]", "/sensorElementList/0", "sensorReport"),
        Arguments.of(
            sensor("", "\"type\":\"Temperature\",\"uom\":\"CEL\""), report(""), "reports nothing"),
        Arguments.of(sensor("", "\"value\":1"), report(""), "lacks 'type'"),
        Arguments.of(
            sensor("", "\"type\":\"Temperatur\",\"value\":1"), report("/type"), "'Temperature'"),
        Arguments.of(
            sensor(
                "\"deviceID\":\"urn:x:1\"",
                "\"type\":\"Mass\",\"value\":1,\"deviceID\":\"urn:x:1\""),
            report("/deviceID"),
            "sensorMetadata too"),
        Arguments.of(
            sensor(
                "\"time\":\"2026-11-24T08:00:00Z\"",
                "\"type\":\"Mass\",\"value\":1,\"time\":\"2026-11-24T08:00:00Z\""),
            report("/time"),
            "sensorMetadata too"),
        Arguments.of(
            sensor("", "\"type\":\"Mass\",\"minValue\":2,\"maxValue\":1"),
            report("/minValue"),
            "above 'maxValue'"),
        Arguments.of(
            sensor("", "\"type\":\"Mass\",\"value\":1,\"percRank\":101,\"percValue\":1"),
            report("/percRank"),
            "0 to 100"),
        Arguments.of(
            sensor("", "\"type\":\"Mass\",\"percValue\":1"), report(""), "both 'percRank'"),
        Arguments.of(
            sensor("", "\"type\":\"Mass\",\"booleanValue\":\"true\""),
            report("/booleanValue"),
            "without quotes"),
        Arguments.of(
            sensor(
                "\"startTime\":\"2026-11-24T08:00:00Z\",\"endTime\":\"2026-11-24T07:00:00Z\"",
                "\"type\":\"Mass\",\"value\":1"),
            "/sensorElementList/0/sensorMetadata/endTime",
            "before 'startTime'"));
  }

  private static String sensor(String metadata, String report) {
    return "\"sensorElementList\":[{\"sensorMetadata\":{"
        + metadata
        + "},\"sensorReport\":[{"
        + report
        + "}]}]";
  }

  private static String report(String member) {
    return "/sensorElementList/0/sensorReport/0" + member;
  }

  @ParameterizedTest
  @MethodSource("additions")
  void aBadMemberIsNamed(String addition, String pointer, String reason) {
    refused("{" + Judged.OBJECT + "," + addition + "}", pointer, reason);
  }

  /** What of a good object event is replaced, by what, where the fault is, what the reason says. */
  static List<Arguments> replacements() {
    return List.of(
        Arguments.of("\"type\":\"ObjectEvent\",", "", "", "lacks 'type'"),
        Arguments.of("ObjectEvent", "ObjektEvent", "/type", "did you mean 'ObjectEvent'?"),
        Arguments.of("ObjectEvent", "plant:Event", "/type", "no type"),
        Arguments.of("\"action\":\"OBSERVE\",", "", "", "lacks 'action'"),
        Arguments.of("OBSERVE", "observe", "/action", "ADD, OBSERVE or DELETE"),
        Arguments.of("T08:15:30.000+01:00", " at eight", "/eventTime", "no time"),
        Arguments.of("T08:15:30.000+01:00", "T08:15:30", "/eventTime", "zone"),
        Arguments.of("T08:15:30.000+01:00", "T25:15:30Z", "/eventTime", "no time"),
        Arguments.of("2026-11-24", "2026-02-30", "/eventTime", "no time"),
        Arguments.of("\"+01:00\"", "\"+1\"", "/eventTimeZoneOffset", "such as +01:00"),
        Arguments.of("\"+01:00\"", "\"+15:00\"", "/eventTimeZoneOffset", "such as +01:00"),
        Arguments.of("9520000.000003", "9520000.0003", "/epcList/0", "no EPC URN"),
        Arguments.of(
            "urn:epc:id:sgtin:9520000.000003.DRUM-77",
            "https://id.gs1.org/01/09520000000036/21/1",
            "/epcList/0",
            "check digit, 5 would be right"),
        Arguments.of("[\"urn", "[\"urn:x:1\",\"urn:x:1\",\"urn", "/epcList/1", "twice"),
        Arguments.of("[\"urn:epc:id:sgtin:9520000.000003.DRUM-77\"]", "{}", "/epcList", "array"),
        Arguments.of(
            ",\"epcList\":[\"urn:epc:id:sgtin:9520000.000003.DRUM-77\"]",
            "",
            "",
            "names no object"));
  }

  @ParameterizedTest
  @MethodSource("replacements")
  void whatIsMissingOrWrongIsNamed(String good, String bad, String pointer, String reason) {
    String event = "{" + Judged.OBJECT.replace("\n", "") + "}";
    assertThat(event).contains(good);
    refused(event.replace(good, bad), pointer, reason);
  }

  private static void refused(String event, String pointer, String reason) {
    assertThat(Judged.faults(Judged.document(event)))
        .anySatisfy(
            fault -> {
              assertThat(fault.pointer()).isEqualTo(EVENT + pointer);
              assertThat(fault.reason()).contains(reason);
            });
  }

  /** Events of the other types that lack what their type needs. */
  @ParameterizedTest
  @MethodSource("incomplete")
  void eachTypeNeedsItsOwn(String members, String reason) {
    refused(
        "{\"eventTime\":\"2026-11-24T08:00:00Z\",\"eventTimeZoneOffset\":\"+00:00\","
            + members
            + "}",
        "",
        reason);
  }

  static List<Arguments> incomplete() {
    return List.of(
        Arguments.of(
            "\"type\":\"AggregationEvent\",\"action\":\"ADD\",\"childEPCs\":[\"urn:x:1\"]",
            "lacks 'parentID'"),
        Arguments.of(
            "\"type\":\"AggregationEvent\",\"action\":\"ADD\",\"parentID\":\"urn:x:1\"",
            "names no child"),
        Arguments.of(
            "\"type\":\"AssociationEvent\",\"action\":\"OBSERVE\",\"childEPCs\":[\"urn:x:1\"]",
            "lacks 'parentID'"),
        Arguments.of(
            "\"type\":\"TransactionEvent\",\"action\":\"ADD\",\"epcList\":[\"urn:x:1\"]",
            "business transaction"),
        Arguments.of(
            "\"type\":\"TransformationEvent\",\"inputEPCList\":[\"urn:x:1\"]",
            "inputs but no outputs"),
        Arguments.of("\"type\":\"TransformationEvent\"", "transforms nothing"));
  }

  /** Documents that are none. */
  @ParameterizedTest
  @MethodSource("documents")
  void aDocumentThatIsNoneIsRefusedAsAWhole(String document, String pointer, String reason) {
    assertThat(Judged.text(document)).isInstanceOf(JudgedDocument.Refused.class);
    assertThat(Judged.faults(document))
        .anySatisfy(
            fault -> {
              assertThat(fault.pointer()).isEqualTo(pointer);
              assertThat(fault.reason()).contains(reason);
            });
  }

  static List<Arguments> documents() {
    String good = Judged.document();
    return List.of(
        Arguments.of("", "", "JSON"),
        Arguments.of("[]", "", "one JSON object"),
        Arguments.of("{", "", "is no JSON"),
        Arguments.of(good + "{}", "", "after"),
        Arguments.of("{\"a\":{\"b\":1,\"b\":2}}", "/a/b", "twice"),
        Arguments.of("{\"type\":1e99999999999}", "/type", "beyond all bounds"),
        Arguments.of("{\"type\":\"EPCISDocument\"}", "", "lacks '@context'"),
        Arguments.of(good.replace("ref.gs1.org", "other.example"), "/@context", "must hold"),
        Arguments.of(
            good.replace("\"plant\":\"https://ns.plant.example/epcis/\"", "\"cbv\":\"urn:x:\""),
            "/@context/1/cbv",
            "means https://ref.gs1.org/cbv/"),
        Arguments.of(good.replace("EPCISDocument", "EPCISQueryDocument"), "/type", "EPCISDocument"),
        Arguments.of(good.replace("\"2.0\"", "\"1.2\""), "/schemaVersion", "2.0"),
        Arguments.of(good.replace("eventList", "events"), "/epcisBody", "eventList"),
        Arguments.of(good.replace("T00:00:00Z", ""), "/creationDate", "no time"),
        Arguments.of(good.replace("[]}}", "{}}}"), "/epcisBody/eventList", "array"));
  }

  @Test
  void eachOfTwoEventsWithOneIdIsJudgedAndTheSecondRefused() {
    String first = "{" + Judged.OBJECT + ",\"eventID\":\"urn:uuid:7\"}";
    String second = first.replace("DRUM-77", "DRUM-78");
    assertThat(Judged.faults(Judged.document(first, second)))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.pointer()).isEqualTo("/epcisBody/eventList/1/eventID");
              assertThat(fault.reason()).contains("/epcisBody/eventList/0");
            });
    String nameless = "{" + Judged.OBJECT + "}";
    assertThat(Judged.faults(Judged.document(nameless, nameless)))
        .singleElement()
        .satisfies(fault -> assertThat(fault.pointer()).isEqualTo("/epcisBody/eventList/1"));
  }

  @Test
  void deepNestingIsRefusedWhileItIsRead() {
    String deep = "{\"plant:a\":".repeat(50_000) + "1" + "}".repeat(50_000);
    assertThat(Judged.faults(Judged.document("{\"plant:a\":" + deep + "}")))
        .singleElement()
        .satisfies(fault -> assertThat(fault.reason()).contains("32 levels"));
  }

  @Test
  void aMegabyteOfExtensionsIsRefused() {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      values.add("\"plant:f" + i + "\":\"" + "x".repeat(10_000) + "\"");
    }
    refused(
        "{" + Judged.OBJECT + "," + String.join(",", values) + "}", "", "characters of extensions");
    String one = "\"plant:f\":\"" + "x".repeat(1 << 20) + "\"";
    assertThat(Judged.faults(Judged.document("{" + Judged.OBJECT + "," + one + "}")))
        .singleElement()
        .satisfies(fault -> assertThat(fault.reason()).contains("texts of 65536"));
  }

  @Test
  void tooManyBytesEventsAndValuesAreRefused() {
    assertThat(Judged.faults(" ".repeat(EpcisJudge.MOST_BYTES + 1)))
        .singleElement()
        .satisfies(fault -> assertThat(fault.reason()).contains("bytes"));
    String[] events = new String[EpcisJudge.MOST_EVENTS + 1];
    Arrays.fill(events, "{}");
    assertThat(Judged.faults(Judged.document(events)))
        .singleElement()
        .satisfies(fault -> assertThat(fault.reason()).contains("at most 10000"));
    assertThat(Judged.faults("{\"a\":[" + "1,".repeat(1_000_000) + "1]}"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.reason()).contains("values and brackets"));
  }

  @Test
  void otherEncodingsAreNoJsonHere() {
    String document = Judged.document("{" + Judged.OBJECT + "}");
    assertThat(Judged.document(document.getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(JudgedDocument.Refused.class);
    assertThat(
            Judged.document(
                document.replace("DRUM", "\u00fc").getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(JudgedDocument.Refused.class);
  }

  @Test
  void faultsAreCountedAndShort() {
    String many = "\"x\":1,".replace("x", "y".repeat(900));
    StringBuilder event = new StringBuilder("{");
    for (int i = 0; i < 200; i++) {
      event.append(many.replaceFirst("y", "y" + i));
    }
    List<Fault> faults = Judged.faults(Judged.document(event + Judged.OBJECT + "}"));
    assertThat(faults).hasSize(Findings.MOST);
    assertThat(faults).allSatisfy(fault -> assertThat(fault.reason()).hasSizeLessThan(1_000));
  }
}
