package io.tracegram.runtime.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class EpcisJudgeTest {
  @Test
  void aValidEventIsKeptAsCapturedAndInNormalForm() {
    String captured =
        "{"
            + Judged.OBJECT
            + """
            ,"bizStep":"https://ref.gs1.org/cbv/BizStep-receiving","disposition":"cbv:Disp-active",
            "readPoint":{"id":"urn:epc:id:sgln:9520000.00001.0","plant:aisle":"urn:epc:id:x"},
            "quantityList":[{"epcClass":"urn:epc:class:lgtin:9520000.000002.L","quantity":1.50,
              "uom":"KGM"}]}""";
    JudgedEvent.Valid valid = Judged.valid(captured);
    assertThat(valid.event().toString()).isEqualTo(captured.replaceAll("\\n\\s*", ""));
    JsonNode normal = valid.normal();
    assertThat(normal.path("eventTime").textValue()).isEqualTo("2026-11-24T07:15:30.000Z");
    assertThat(normal.path("bizStep").textValue()).isEqualTo("receiving");
    assertThat(normal.path("disposition").textValue()).isEqualTo("active");
    assertThat(normal.at("/epcList/0").textValue())
        .isEqualTo("https://id.gs1.org/01/09520000000035/21/DRUM-77");
    assertThat(normal.at("/readPoint/id").textValue())
        .isEqualTo("https://id.gs1.org/414/9520000000011");
    assertThat(normal.at("/readPoint/plant:aisle").textValue()).isEqualTo("urn:epc:id:x");
    assertThat(normal.at("/quantityList/0/epcClass").textValue())
        .isEqualTo("https://id.gs1.org/01/09520000000028/10/L");
  }

  @Test
  void oneBadEventSpoilsNoOther() {
    assertThat(
            Judged.events(
                "{" + Judged.OBJECT + "}",
                "{" + Judged.OBJECT.replace("OBSERVE", "LOOK") + "}",
                "7",
                "{" + Judged.OBJECT.replace("30.000", "31.000") + "}"))
        .extracting(event -> event instanceof JudgedEvent.Valid)
        .containsExactly(true, false, false, true);
  }

  @Test
  void aBareEventIsADocumentOfOne() {
    String event = "{\"@context\":" + Judged.CONTEXT + "," + Judged.OBJECT + "}";
    JudgedDocument.Read read = (JudgedDocument.Read) Judged.text(event);
    assertThat(read.context()).hasSize(2);
    assertThat(read.events()).singleElement().isInstanceOf(JudgedEvent.Valid.class);
    assertThat(((JudgedEvent.Valid) read.events().getFirst()).eventId())
        .isEqualTo(Judged.valid("{" + Judged.OBJECT + "}").eventId());
    assertThat(Judged.faults("{" + Judged.OBJECT + "}"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.reason()).contains("@context"));
  }

  @Test
  void anEventMayAddToTheContext() {
    assertThat(
            Judged.valid(
                    "{\"@context\":{\"own\":\"https://own.example/\"},\"own:note\":\"x\","
                        + Judged.OBJECT
                        + "}")
                .eventId())
        .startsWith("ni:///sha-256;");
  }

  @Test
  void anEventAndItsErrorDeclarationAreTwo() {
    String declared =
        "{"
            + Judged.OBJECT
            + ",\"errorDeclaration\":{\"declarationTime\":\"2026-11-25T00:00:00Z\","
            + "\"reason\":\"did_not_occur\"}}";
    assertThat(Judged.events("{" + Judged.OBJECT + "}", declared))
        .hasOnlyElementsOfType(JudgedEvent.Valid.class);
  }

  @Test
  void vocabularyOfOthersIsWelcomeAsUris() {
    assertThat(
            Judged.valid(
                    "{"
                        + Judged.OBJECT
                        + """
                        ,"bizStep":"https://own.example/step/smelting","disposition":"plant:hot",
                        "sensorElementList":[{"sensorReport":[{"type":"plant:Slag","value":-1}]}]}""")
                .normal()
                .path("bizStep")
                .textValue())
        .isEqualTo("https://own.example/step/smelting");
  }

  @Test
  void sensorsAloneAreAnEventWhereTheyAreRead() {
    String sensed =
        """
        {"type":"ObjectEvent","action":"OBSERVE","eventTime":"2026-11-24T08:15:30Z",
        "eventTimeZoneOffset":"+00:00",%s
        "sensorElementList":[{"sensorReport":[{"type":"Temperature","value":4,"uom":"CEL"}]}]}""";
    assertThat(Judged.events(sensed.formatted("\"readPoint\":{\"id\":\"geo:1,2\"},")))
        .hasOnlyElementsOfType(JudgedEvent.Valid.class);
    assertThat(Judged.events(sensed.formatted("")))
        .hasOnlyElementsOfType(JudgedEvent.Invalid.class);
  }
}
