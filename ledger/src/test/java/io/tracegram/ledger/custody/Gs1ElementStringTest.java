package io.tracegram.ledger.custody;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.Gs1ElementString.Element;
import io.tracegram.ledger.custody.Gs1ElementString.NotGs1;
import io.tracegram.ledger.custody.Gs1ElementString.Parse;
import io.tracegram.ledger.custody.Gs1ElementString.Parsed;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Gs1ElementStringTest {
  private static final String CSET_82 =
      "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

  @Test
  void readsTheExampleOfTheAimSpecificationWithAValidGtin() {
    assertThat(Gs1ElementString.parse("Q3", "011231231231233310ABC123\u001d99TESTING"))
        .isEqualTo(
            new Parsed(
                List.of(
                    new Element("01", "12312312312333"),
                    new Element("10", "ABC123"),
                    new Element("99", "TESTING"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Q3", "d2", "C1", "e0", "J1"})
  void findsTheLotInEverySymbologyThatCarriesGs1Data(String symbology) {
    Parse parse = Gs1ElementString.parse(symbology, "0109520000000011" + "10LOT1");

    assertThat(((Parsed) parse).lot()).contains(LotId.ofLot("09520000000011", "LOT1"));
  }

  @Test
  void takesTheItemWhereTheLabelNamesLotAndSerial() {
    Parse parse = Gs1ElementString.parse("d2", "010952000000001110LOT1\u001d21A7");

    assertThat(((Parsed) parse).lot()).contains(LotId.ofSerial("09520000000011", "A7"));
  }

  @Test
  void toleratesASeparatorAfterAnyValueButNotTwo() {
    assertThat(Gs1ElementString.parse("C1", "0109520000000011\u001d10LOT1\u001d"))
        .isEqualTo(Gs1ElementString.parse("C1", "010952000000001110LOT1"));
    assertThat(Gs1ElementString.parse("C1", "0109520000000011\u001d\u001d10LOT1"))
        .isInstanceOf(NotGs1.class);
  }

  @Test
  void keepsAnIdentifierThatRepeatsItsValueOnce() {
    assertThat(Gs1ElementString.parse("Q3", "10A\u001d10A"))
        .isEqualTo(new Parsed(List.of(new Element("10", "A"))));
    assertThat(reason("Q3", "10A\u001d10B")).contains("(10) stands twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''  | 10A | switch on \"transmit AIM code ID\"",
        "Q1  | 10A | print the label as GS1 QR Code",
        "C0  | 10A | GS1-128",
        "E0  | 9520000000014 | no lot",
        "X9  | 10A | switch on GS1 QR Code",
        "Q3  | ''  | empty",
        "Q3  | hello | no known application identifier at character 1",
        "Q3  | 0109520000000015 | wrong check digit, 1 would be right",
        "Q3  | 010952000000001 | 13 characters, expected 14",
        "Q3  | 10 | at least 1",
        "Q3  | 10ABCDEFGHIJKLMNOPQRSTU | switch on GS (FNC1) transmission",
        "Q3  | 10LÖT | character set 82",
        "Q3  | 17260230 | no date",
        "Q3  | 17261301 | no date",
        "Q3  | 3103٠٠٠٠٠٠ | more than digits",
        "Q3  | 310x001000 | no known application identifier",
        "Q3  | 800319520000000001 | does not begin with 0",
      })
  void refusesWithAReasonThatSaysWhatToChange(String symbology, String text, String expected) {
    assertThat(reason(symbology, text)).contains(expected);
  }

  @Test
  void acceptsTheLeapDayAndTheUnknownDayOfAMonth() {
    assertThat(Gs1ElementString.parse("Q3", "1728022915260200")).isInstanceOf(Parsed.class);
    assertThat(reason("Q3", "17270229")).contains("no date");
  }

  @Property
  void readsBackWhatItWrites(@ForAll("labels") Parsed label) {
    assertThat(Gs1ElementString.parse("Q3", label.text())).isEqualTo(label);
  }

  @Property
  void neverThrowsAndNeverRepeatsHostileTextInItsReason(@ForAll("hostile") String text) {
    switch (Gs1ElementString.parse("Q3", text)) {
      case Parsed parsed ->
          assertThat(Gs1ElementString.parse("Q3", parsed.text())).isEqualTo(parsed);
      case NotGs1(String reason) -> assertThat(reason).matches("[ -~]+");
    }
  }

  @Provide
  Arbitrary<String> hostile() {
    return Combinators.combine(
            Arbitraries.of("", "01", "10", "0109520000000011", "8003", "310", "00", "17"),
            Arbitraries.strings().withChars("0123456789\u001d\u0000A<é]").ofMaxLength(60))
        .as((head, tail) -> head + tail);
  }

  @Provide
  Arbitrary<Parsed> labels() {
    Arbitrary<Element> element =
        Arbitraries.oneOf(
            checked("00", 17),
            checked("01", 13),
            checked("02", 13),
            checked("414", 12),
            text("10", 20),
            text("21", 20),
            text("240", 30),
            text("8004", 30),
            text("90", 30),
            text("99", 90),
            digits("30", 1, 8),
            digits("3103", 6, 6),
            digits("3302", 6, 6),
            Combinators.combine(
                    checked("8003", 12), Arbitraries.strings().withChars(CSET_82).ofMaxLength(16))
                .as((grai, serial) -> new Element("8003", "0" + grai.value() + serial)));
    return element
        .list()
        .uniqueElements(Element::identifier)
        .ofMinSize(1)
        .ofMaxSize(10)
        .map(Parsed::new);
  }

  private static Arbitrary<Element> text(String identifier, int longest) {
    return Arbitraries.strings()
        .withChars(CSET_82)
        .ofMinLength(1)
        .ofMaxLength(longest)
        .map(value -> new Element(identifier, value));
  }

  private static Arbitrary<Element> digits(String identifier, int shortest, int longest) {
    return Arbitraries.strings()
        .numeric()
        .ofMinLength(shortest)
        .ofMaxLength(longest)
        .map(value -> new Element(identifier, value));
  }

  private static Arbitrary<Element> checked(String identifier, int digits) {
    return digits(identifier, digits, digits)
        .map(
            element ->
                new Element(identifier, element.value() + Gs1CheckDigit.of(element.value())));
  }

  private static String reason(String symbology, String text) {
    return ((NotGs1) Gs1ElementString.parse(symbology, text)).reason();
  }
}
