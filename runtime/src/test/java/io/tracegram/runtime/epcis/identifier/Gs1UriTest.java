package io.tracegram.runtime.epcis.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Gs1UriTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          urn:epc:id:sgtin:9520000.000003.DRUM-77, https://id.gs1.org/01/09520000000035/21/DRUM-77
          urn:epc:class:lgtin:9520000.000002.A%2FB(1), https://id.gs1.org/01/09520000000028/10/A%2FB%281%29
          urn:epc:idpat:sgtin:9520000.000002.*, https://id.gs1.org/01/09520000000028
          urn:epc:id:upui:9520000.000002.Q'7, https://id.gs1.org/01/09520000000028/235/Q'7
          urn:epc:id:sscc:9520000.3000000001, https://id.gs1.org/00/395200000000000012
          urn:epc:id:sgln:9520000.00001.0, https://id.gs1.org/414/9520000000011
          urn:epc:id:sgln:9520000.00001.D-3, https://id.gs1.org/414/9520000000011/254/D-3
          urn:epc:id:pgln:9520000.00000, https://id.gs1.org/417/9520000000004
          urn:epc:id:grai:9520000.00002.S1, https://id.gs1.org/8003/09520000000028S1
          urn:epc:idpat:grai:9520000.00002.*, https://id.gs1.org/8003/09520000000028
          urn:epc:id:giai:9520000.PROBE-1, https://id.gs1.org/8004/9520000PROBE-1
          urn:epc:id:gsrn:9520000.0000000001, https://id.gs1.org/8018/952000000000000019
          urn:epc:id:gsrnp:9520000.0000000001, https://id.gs1.org/8017/952000000000000019
          urn:epc:id:gdti:9520000.00001.4711, https://id.gs1.org/253/95200000000114711
          urn:epc:id:sgcn:9520000.00001.99, https://id.gs1.org/255/952000000001199
          urn:epc:id:cpi:9520000.BAT%2F7.12, https://id.gs1.org/8010/9520000BAT%2F7/8011/12
          urn:epc:idpat:cpi:9520000.BAT-7.*, https://id.gs1.org/8010/9520000BAT-7
          urn:epc:id:itip:9520000.000003.01.02.X, https://id.gs1.org/8006/095200000000350102/21/X
          urn:epc:id:ginc:9520000.C%3C1, https://id.gs1.org/401/9520000C%3C1
          urn:epc:id:gsin:9520000.000000001, https://id.gs1.org/402/95200000000000011
          """)
  void aUrnAndItsDigitalLinkNameTheSame(String urn, String link) {
    assertThat(Gs1Uri.canonical(urn)).hasValue(link);
    assertThat(Gs1Uri.canonical(link)).hasValue(link);
    assertThat(Gs1Uri.objection(urn)).isEmpty();
    assertThat(EpcUrn.of(link, 7)).hasValue(urn);
  }

  @ParameterizedTest
  @CsvSource({
    "http://shop.example/01/9520000000028/10/L/21/S?17=280101, https://id.gs1.org/01/09520000000028/21/S",
    "https://shop.example/a/b/gtin/09520000000028/lot/A%2fB/, https://id.gs1.org/01/09520000000028/10/A%2FB",
    "https://localhost/01/09520000000028/22/V1#top, https://id.gs1.org/01/09520000000028",
    "https://id.gs1.org/414/9520000000011/254/%44-3, https://id.gs1.org/414/9520000000011/254/D-3",
  })
  void aLinkOfAnyDomainIsTheFinestKeyItNames(String link, String canonical) {
    assertThat(Gs1Uri.canonical(link)).hasValue(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://plant.example/lot/4711",
        "https://plant.example/gtin/abc",
        "https://plant.example/01/12345",
        "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8",
        "urn:epc:id:gid:95100000.12345.400",
        "geo:47.5,11.1"
      })
  void aPrivateIdentifierStaysAsItIs(String uri) {
    assertThat(Gs1Uri.canonical(uri)).isEmpty();
    assertThat(Gs1Uri.objection(uri)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:epc:id:sgtin:9520000.00003.DRUM-77",
        "urn:epc:id:sgtin:9520000.000003.",
        "urn:epc:id:sgtin:9520000.000003.A B",
        "urn:epc:id:sgtin:9520000.000003.%41%",
        "urn:epc:id:sscc:95200.300000000011",
        "urn:epc:tag:sgtin-96:3.9520000.000003.1",
        "urn:epc:id:",
        "https://id.gs1.org/01/123",
        "https://id.gs1.org/01/09520000000028/99/x",
      })
  void whatLooksLikeGs1sAndIsNotIsObjectedTo(String uri) {
    assertThat(Gs1Uri.canonical(uri)).isEmpty();
    assertThat(Gs1Uri.objection(uri)).isPresent();
  }

  @Test
  void aWrongCheckDigitIsNamedWithTheRightOne() {
    assertThat(Gs1Uri.objection("https://shop.example/01/09520000000021/10/L"))
        .hasValue("(01) 09520000000021 has a wrong check digit, 8 would be right");
  }

  @Test
  void theUrnDependsOnTheCompanyPrefixWhichALinkDoesNotSay() {
    String link = "https://id.gs1.org/01/09520000000035/21/X";
    assertThat(EpcUrn.of(link, 9)).hasValue("urn:epc:id:sgtin:952000000.0003.X");
    assertThat(EpcUrn.of(link, EpcUrn.FALLBACK_LENGTH))
        .hasValue("urn:epc:id:sgtin:9520000.000003.X");
    assertThat(EpcUrn.of(link, 9).flatMap(Gs1Uri::canonical)).hasValue(link);
    assertThat(EpcUrn.of("https://plant.example/lot/1", 7)).isEmpty();
    assertThatThrownBy(() -> EpcUrn.of(link, 5)).isInstanceOf(IllegalArgumentException.class);
  }
}
