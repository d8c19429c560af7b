package io.tracegram.runtime.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpcFormatTest {
  /** Identifiers of the EPC Tag Data Standard's examples (§6.3) and of EPCIS 2.0's. */
  @ParameterizedTest
  @CsvSource({
    "urn:epc:id:sgtin:0614141.112345.400, https://id.gs1.org/01/10614141123459/21/400",
    "urn:epc:id:sscc:0614141.1234567890, https://id.gs1.org/00/106141412345678908",
    "urn:epc:id:sgln:0614141.12345.400, https://id.gs1.org/414/0614141123452/254/400",
    "urn:epc:id:sgln:0614141.07346.0, https://id.gs1.org/414/0614141073467",
    "urn:epc:id:grai:0614141.12345.400, https://id.gs1.org/8003/00614141123452400",
    "urn:epc:id:giai:0614141.12345400, https://id.gs1.org/8004/061414112345400",
    "urn:epc:id:gsrn:0614141.1234567890, https://id.gs1.org/8018/061414112345678902",
    "urn:epc:id:gdti:0614141.12345.400, https://id.gs1.org/253/0614141123452400",
    "urn:epc:id:cpi:0614141.123ABC.123456789, https://id.gs1.org/8010/0614141123ABC/8011/123456789",
    "urn:epc:id:pgln:1234567.89012, https://id.gs1.org/417/1234567890128",
    "urn:epc:class:lgtin:4012345.012345.998877, https://id.gs1.org/01/04012345123456/10/998877",
    "urn:epc:idpat:sgtin:4012345.012345.*, https://id.gs1.org/01/04012345123456",
  })
  void everyKeyHasBothForms(String urn, String link) {
    assertThat(EpcFormat.EPC_URN.identifier(link)).isEqualTo(urn);
    assertThat(EpcFormat.EPC_URN.identifier(urn)).isEqualTo(urn);
    assertThat(EpcFormat.DIGITAL_LINK.identifier(urn)).isEqualTo(link);
    assertThat(EpcFormat.DIGITAL_LINK.identifier(link)).isEqualTo(link);
    assertThat(EpcFormat.NEVER_TRANSLATES.identifier(link)).isEqualTo(link);
    assertThat(EpcFormat.NEVER_TRANSLATES.identifier(urn)).isEqualTo(urn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.gs1.org/8006/040123451234560102/10/LOT",
        "https://plant.example/refinery/scanner/gate",
        "https://id.gs1.org/8004/ABCDEFG-1",
        "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8",
        "urn:epc:id:gid:95100000.12345.400",
        "geo:47.5,11.1"
      })
  void whatHasNoUrnStaysAsItIs(String uri) {
    assertThat(EpcFormat.EPC_URN.identifier(uri)).isEqualTo(uri);
  }

  /** A serial with the characters that a URN escapes otherwise than a path. */
  @Test
  void aUrnEscapesWhatItsGrammarDemands() {
    assertThat(EpcFormat.EPC_URN.identifier("https://id.gs1.org/01/10614141123459/21/A%2FB%3C(1)"))
        .isEqualTo("urn:epc:id:sgtin:0614141.112345.A%2FB%3C(1)");
  }

  @Test
  void onlyIdentifiersOfStandardMembersAreTranslated() {
    ObjectNode event =
        (ObjectNode)
            EventText.read(
                """
                {"type":"AggregationEvent","parentID":"https://id.gs1.org/00/106141412345678908",
                "childEPCs":["https://id.gs1.org/01/10614141123459/21/400"],
                "childQuantityList":[{"epcClass":"https://id.gs1.org/01/04012345123456/10/998877","quantity":2.50}],
                "readPoint":{"id":"https://id.gs1.org/414/0614141073467"},
                "bizStep":"packing","ext:was":"https://id.gs1.org/00/106141412345678908",
                "ilmd":{"ext:made":"https://id.gs1.org/00/106141412345678908"}}""");
    assertThat(EpcFormat.EPC_URN.event(event))
        .hasToString(
            EventText.read(
                    """
                    {"type":"AggregationEvent","parentID":"urn:epc:id:sscc:0614141.1234567890",
                    "childEPCs":["urn:epc:id:sgtin:0614141.112345.400"],
                    "childQuantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.012345.998877","quantity":2.50}],
                    "readPoint":{"id":"urn:epc:id:sgln:0614141.07346.0"},
                    "bizStep":"packing","ext:was":"https://id.gs1.org/00/106141412345678908",
                    "ilmd":{"ext:made":"https://id.gs1.org/00/106141412345678908"}}""")
                .toString());
  }
}
