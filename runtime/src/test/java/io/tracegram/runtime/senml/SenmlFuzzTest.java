package io.tracegram.runtime.senml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are a pack within its bounds, which reads the same when it is written again, or are
 * refused with a code and a printable reason.
 */
class SenmlFuzzTest {
  static Stream<byte[]> seeds() {
    String json =
        "[{\"bn\":\"urn:dev:ow:1:\",\"bt\":1.7e9,\"bu\":\"W\",\"bver\":10,\"bv\":1.5,\"bs\":2,\"n\":\"a\","
            + "\"v\":0.5,\"s\":1,\"ut\":3},{\"n\":\"b\",\"vs\":\"x\"},{\"n\":\"c\",\"vb\":true},"
            + "{\"n\":\"d\",\"vd\":\"YQ\",\"t\":-1}]";
    return Stream.of(
        json.getBytes(StandardCharsets.UTF_8),
        hex("83A2006161 02C482211A00BC614E A2006162036178 A20061630 8426162"),
        hex("9FBF007F61616162FF02F93C00FFFF"),
        hex("81A321650102030405006161 02C249010000000000000000"));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesAPackThatCanBeWritten(byte[] input) {
    for (SenmlFormat format : SenmlFormat.values()) {
      switch (SenmlPack.parse(format, input)) {
        case SenmlPack.Refused(String code, String reason) -> {
          assertThat(code).matches("[a-z-]+");
          assertThat(reason).isNotBlank().hasSizeLessThan(1_000);
          assertThat(reason.chars().filter(Character::isISOControl).count()).isZero();
        }
        case SenmlPack.Sound(SenmlPack pack) -> isBounded(pack);
      }
    }
  }

  private static void isBounded(SenmlPack pack) {
    assertThat(pack.records()).hasSizeLessThanOrEqualTo(256);
    for (SenmlRecord record : pack.records()) {
      assertThat(record.name()).matches("[A-Za-z0-9][A-Za-z0-9:./_-]{0,255}");
      assertThat(record.atMillis(0)).isNotNull();
    }
    List<SenmlRecord> plain = pack.records().stream().filter(SenmlFuzzTest::isWritten).toList();
    byte[] written = SenmlWriter.write(SenmlFormat.CBOR, new SenmlPack(plain));
    if (written.length <= SenmlBounds.MOST_BYTES) {
      assertThat(SenmlPack.parse(SenmlFormat.CBOR, written)).isInstanceOf(SenmlPack.Sound.class);
    }
  }

  /** An integer of 400 digits is read, and is not written. */
  private static boolean isWritten(SenmlRecord record) {
    return record.sum().isEmpty()
        && record.updateTime().isEmpty()
        && record.time().precision() < 300
        && record.value().filter(value -> !(value instanceof SenmlValue.Data)).isPresent()
        && !(record.value().get() instanceof SenmlValue.Numeric number
            && number.exact().precision() > 300);
  }
}
