package io.tracegram.runtime.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After the examples of RFC 8428 §5 and §6, and of RFC 8949 appendix A. */
class SenmlPackTest {
  private static SenmlPack.Parsed json(String text) {
    return SenmlPack.parse(SenmlFormat.JSON, text.getBytes(StandardCharsets.UTF_8));
  }

  private static SenmlPack.Parsed cbor(String hex) {
    return SenmlPack.parse(SenmlFormat.CBOR, HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static List<SenmlRecord> records(SenmlPack.Parsed parsed) {
    assertThat(parsed).isInstanceOf(SenmlPack.Sound.class);
    return ((SenmlPack.Sound) parsed).pack().records();
  }

  private static String code(SenmlPack.Parsed parsed) {
    assertThat(parsed).isInstanceOf(SenmlPack.Refused.class);
    assertThat(((SenmlPack.Refused) parsed).reason()).isNotBlank();
    return ((SenmlPack.Refused) parsed).code();
  }

  private static BigDecimal number(SenmlRecord record) {
    return ((SenmlValue.Numeric) record.value().orElseThrow()).exact();
  }

  @Test
  void resolvesNamesTimesAndUnitsAgainstTheirBases() {
    List<SenmlRecord> records =
        records(
            json(
                """
                [{"bn":"urn:dev:ow:10e2073a0108006:","bt":1.276020076001e+09,"bu":"A","bver":10,
                  "n":"voltage","u":"V","v":120.1},
                 {"n":"current","t":-5,"v":1.2},
                 {"n":"current","t":-4,"v":1.3},
                 {"bn":"other/","n":"label","vs":"x"}]
                """));

    assertThat(records)
        .extracting(SenmlRecord::name)
        .containsExactly(
            "urn:dev:ow:10e2073a0108006:voltage",
            "urn:dev:ow:10e2073a0108006:current",
            "urn:dev:ow:10e2073a0108006:current",
            "other/label");
    assertThat(records.get(0).unit()).contains("V");
    assertThat(records.get(1).unit()).contains("A");
    assertThat(records.get(1).time()).isEqualByComparingTo("1276020071.001");
    assertThat(records.get(1).isRelative()).isFalse();
    assertThat(number(records.get(0))).isEqualTo(new BigDecimal("120.1"));
    assertThat(records.get(3).value()).contains(new SenmlValue.Text("x"));
  }

  @Test
  void addsBaseValueAndBaseSumExactly() {
    SenmlRecord record =
        records(
                json(
                    "[{\"bn\":\"m\",\"bv\":12345678901234567890.1,\"bs\":7,\"v\":0.02,\"s\":-0.5,"
                        + "\"ut\":60}]"))
            .getFirst();

    assertThat(number(record)).isEqualTo(new BigDecimal("12345678901234567890.12"));
    assertThat(record.sum().orElseThrow().exact()).isEqualByComparingTo("6.5");
    assertThat(record.updateTime()).contains(new BigDecimal("60"));
  }

  @Test
  void takesTimesBelowTwoToTheTwentyEightAsRelative() {
    List<SenmlRecord> records =
        records(
            json(
                "[{\"n\":\"a\",\"v\":1,\"t\":268435455},{\"n\":\"b\",\"v\":1,\"t\":268435456},"
                    + "{\"n\":\"c\",\"v\":1,\"t\":-0.5}]"));

    assertThat(records).extracting(SenmlRecord::isRelative).containsExactly(true, false, true);
    assertThat(records.get(2).atMillis(10_000)).isEqualByComparingTo("9500");
    assertThat(records.get(1).atMillis(10_000)).isEqualByComparingTo("268435456000");
  }

  @Test
  void takesARecordOfBaseFieldsAloneAsNoValue() {
    assertThat(records(json("[{\"bn\":\"m/\",\"bu\":\"W\"},{\"n\":\"power\",\"v\":5}]")))
        .containsExactly(
            new SenmlRecord(
                "m/power",
                Optional.of("W"),
                BigDecimal.ZERO,
                Optional.of(new SenmlValue.Numeric(new BigDecimal(5), BigDecimal.ZERO)),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void ignoresFieldsThatItDoesNotKnow() {
    assertThat(records(json("[{\"n\":\"a\",\"v\":1,\"x\":{\"y\":[1]}}]"))).hasSize(1);
    assertThat(records(cbor("81 A3 00 61 61 02 01 61 78 82 01 02"))).hasSize(1);
  }

  /** The value of {"n": "a", "v": …}, and the step of its bits. */
  @ParameterizedTest
  @CsvSource({
    "00, 0, 0",
    "1B FFFFFFFFFFFFFFFF, 18446744073709551615, 0",
    "3B FFFFFFFFFFFFFFFF, -18446744073709551616, 0",
    "C2 49 010000000000000000, 18446744073709551616, 0",
    "C3 49 010000000000000000, -18446744073709551617, 0",
    "C4 82 21 19 6AB3, 273.15, 0",
    "F9 3C00, 1, 0.0009765625",
    "F9 7BFF, 65504, 32",
    "F9 0001, 0.000000059604644775390625, 0.000000059604644775390625",
    "F9 C400, -4, 0.00390625",
    "FA 47C35000, 100000, 0.0078125",
    "FA 3DCCCCCD, 0.100000001490116119384765625, 0.000000007450580596923828125",
    "FB 3FF0000000000000, 1, 0.0000000000000002220446049250313080847263336181640625"
  })
  void takesEveryNumberOfCborAtItsExactValue(String hex, String value, String step) {
    SenmlRecord record = records(cbor("81 A2 00 61 61 02 " + hex)).getFirst();

    SenmlValue.Numeric number = (SenmlValue.Numeric) record.value().orElseThrow();
    assertThat(number.exact()).isEqualByComparingTo(value);
    assertThat(number.step()).isEqualByComparingTo(step);
  }

  @Test
  void readsCborOfIndefiniteLengths() {
    assertThat(records(cbor("9F BF 00 7F 61 61 61 62 FF 02 05 FF FF")))
        .singleElement()
        .satisfies(record -> assertThat(record.name()).isEqualTo("ab"))
        .satisfies(record -> assertThat(number(record)).isEqualByComparingTo("5"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "malformed|",
        "malformed|{}",
        "malformed|[1]",
        "malformed|[{\"n\":\"a\",\"v\":1}",
        "malformed|[{\"n\":\"a\",\"v\":1}]x",
        "malformed|[{\"n\":\"a\",\"v\":1,\"v\":2}]",
        "malformed|[{\"n\":\"a\",\"v\":NaN}]",
        "version|[{\"bver\":11,\"n\":\"a\",\"v\":1}]",
        "version|[{\"n\":\"a\",\"v\":1},{\"bver\":5,\"n\":\"b\",\"v\":1}]",
        "must-understand|[{\"n\":\"a\",\"v\":1,\"new_\":1}]",
        "wrong-type|[{\"n\":\"a\",\"v\":\"1\"}]",
        "wrong-type|[{\"n\":\"a\",\"v\":null}]",
        "wrong-type|[{\"n\":\"a\",\"vs\":1}]",
        "wrong-type|[{\"n\":1,\"v\":1}]",
        "wrong-type|[{\"n\":\"a\",\"vb\":1}]",
        "wrong-type|[{\"n\":\"a\",\"vd\":\"!\"}]",
        "wrong-type|[{\"bu\":1,\"n\":\"a\",\"v\":1}]",
        "name|[{\"v\":1}]",
        "name|[{\"n\":\"-a\",\"v\":1}]",
        "name|[{\"n\":\"a b\",\"v\":1}]",
        "no-value|[{\"n\":\"a\"}]",
        "no-value|[{\"bn\":\"a\",\"bv\":1,\"u\":\"W\"}]",
        "several-values|[{\"n\":\"a\",\"v\":1,\"vs\":\"x\"}]",
        "duplicate|[{\"n\":\"a\",\"v\":1},{\"n\":\"a\",\"v\":2}]",
        "duplicate|[{\"n\":\"a\",\"v\":1,\"t\":-1},{\"n\":\"a\",\"v\":1,\"t\":-1.0}]",
        "number-size|[{\"n\":\"a\",\"v\":1e999999999}]",
        "number-size|[{\"n\":\"a\",\"v\":1e-1200}]",
        "number-size|[{\"n\":\"a\",\"v\":1e401}]"
      })
  void refusesJsonThatIsNoPack(String code, String text) {
    assertThat(code(json(String.valueOf(text)))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "malformed, A0",
    "malformed, 8101",
    "malformed, 81A2006161",
    "malformed, 81A20061610201FF",
    "malformed, 81A30061610201 0202",
    "malformed, 81A2006161 09 02",
    "malformed, 81A200 61FF 0201",
    "malformed, 9A7FFFFFFF",
    "malformed, 5BFFFFFFFFFFFFFFFF",
    "malformed, 81A2006161 02 C4 81 01",
    "malformed, 81A2006161 02 FF",
    "malformed, 81A2006161 02 F9 3C",
    "malformed, 81A2006161 02 1F",
    "malformed, 818181818181818181818101",
    "not-a-number, 81A2006161 02 F97E00",
    "not-a-number, 81A2006161 02 F97C00",
    "not-a-number, 81A2006161 02 FBFFF0000000000000",
    "number-size, 81A2006161 02 C4 82 1A7FFFFFFF 01",
    "wrong-type, 81A2006161 02 F6",
    "wrong-type, 81A2006161 02 80",
    "version, 81A3200B0061610201",
    "must-understand, 81A300616102 01 62615F 01",
    "no-value, 81A1006161"
  })
  void refusesCborThatIsNoPack(String code, String hex) {
    assertThat(code(cbor(hex))).isEqualTo(code);
  }

  @Test
  void refusesWhatIsTooLargeBeforeItIsRead() {
    byte[] large = new byte[16_385];
    Arrays.fill(large, (byte) ' ');
    for (SenmlFormat format : SenmlFormat.values()) {
      assertThat(code(SenmlPack.parse(format, large))).isEqualTo("too-large");
    }
    StringBuilder many = new StringBuilder("[{\"n\":\"a0\",\"v\":1}");
    for (int i = 1; i < 257; i++) {
      many.append(",{\"n\":\"a").append(i).append("\",\"v\":1}");
    }
    assertThat(code(json(many.append("]").toString()))).isEqualTo("too-large");
    assertThat(code(json("[{\"n\":\"a\",\"vs\":\"" + "x".repeat(1_025) + "\"}]")))
        .isEqualTo("too-large");
  }
}
