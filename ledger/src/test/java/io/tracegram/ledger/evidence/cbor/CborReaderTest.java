package io.tracegram.ledger.evidence.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values and encodings of RFC 8949 appendix A, as far as they are in the subset; the rest refused.
 */
class CborReaderTest {
  @ParameterizedTest
  @CsvSource({
    "00, 0",
    "17, 23",
    "1818, 24",
    "1903e8, 1000",
    "1a000f4240, 1000000",
    "1b000000e8d4a51000, 1000000000000",
    "20, -1",
    "3903e7, -1000"
  })
  void readsAndWritesIntegers(String encoded, long value) {
    CborReader in = reader(encoded);

    assertThat(in.integer()).isEqualTo(value);
    in.end();
    assertThat(hex(new CborWriter().integer(value))).isEqualTo(encoded);
  }

  @Test
  void readsAndWritesText() {
    CborReader in = reader("62c3bc");

    assertThat(in.text(10)).isEqualTo("ü");
    assertThat(hex(new CborWriter().text("ü"))).isEqualTo("62c3bc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1800",
        "1817",
        "190017",
        "1900ff",
        "1a0000ffff",
        "1b00000000ffffffff", // not shortest
        "1bffffffffffffffff",
        "3bffffffffffffffff", // beyond 63 bits
        "1c",
        "1f",
        "3f",
        "18",
        "19ff",
        "", // reserved, indefinite, truncated
        "f90000",
        "f4",
        "f6",
        "fb3ff199999999999a",
        "c001",
        "40",
        "60",
        "80",
        "a0" // not integers
      })
  void refusesWhatIsNoShortestInteger(String encoded) {
    assertThatThrownBy(() -> reader(encoded).integer()).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5b7fffffffffffffff00",
        "5a7fffffff00",
        "5f4101ff",
        "4401",
        "7f6161ff",
        "62c328",
        "61ff"
      })
  void refusesLengthsBeyondTheInputAndBadText(String encoded) {
    assertThatThrownBy(
            () -> {
              CborReader in = reader(encoded);
              if (encoded.startsWith("5") || encoded.startsWith("4")) {
                in.bytes(Integer.MAX_VALUE);
              } else {
                in.text(Integer.MAX_VALUE);
              }
            })
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesTrailingBytesUnsortedAndRepeatedKeys() {
    CborReader trailing = reader("0000");
    trailing.integer();
    assertThatThrownBy(trailing::end).hasMessageContaining("trailing");

    CborReader map = reader("a20100" + "0100");
    map.mapOf(2);
    map.key(1);
    map.integer();
    assertThatThrownBy(() -> map.key(2)).hasMessageContaining("expected key 2");
  }

  @Test
  void namesThePlace() {
    CborReader in = reader("0018ff1800");
    in.integer();
    in.integer();
    assertThatThrownBy(in::integer).hasMessageContaining("at byte 3");
  }

  @Property
  void comesBackEqual(@ForAll long number, @ForAll String text, @ForAll byte[] bytes) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    String clean = new String(utf8, StandardCharsets.UTF_8);
    byte[] encoded =
        new CborWriter().array(3).integer(number).text(clean).bytes(bytes).toByteArray();

    CborReader in = new CborReader(encoded);
    in.arrayOf(3);
    assertThat(in.integer()).isEqualTo(number);
    assertThat(in.text(Integer.MAX_VALUE)).isEqualTo(clean);
    assertThat(in.bytes(Integer.MAX_VALUE)).isEqualTo(bytes);
    in.end();
  }

  private static CborReader reader(String hex) {
    return new CborReader(HexFormat.of().parseHex(hex));
  }

  private static String hex(CborWriter out) {
    return HexFormat.of().formatHex(out.toByteArray());
  }
}
