package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.runtime.profile.Decoded;
import io.tracegram.runtime.profile.SmlFrames;
import io.tracegram.runtime.profile.SmlProfile;
import io.tracegram.runtime.profile.SmlTelegram;
import io.tracegram.runtime.profile.SmlValue;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes that an optical head pushes are no telegram, one that is refused with a printable
 * reason, or one whose values are refused so or exact; so is any content with its checksum right.
 */
class SmlFuzzTest {
  private static final SmlProfile METER =
      (SmlProfile) Profiles.CATALOG.find("iskraemeco/mt175").orElseThrow();

  static Stream<byte[]> seeds() {
    HexFormat hex = HexFormat.of();
    return Stream.of(
        hex.parseHex("1B1B1B1B010101011B1B1B1B1A000000"),
        hex.parseHex("1B1B1B1B010101011B1B1B1B1B1B1B1B1B1B1B1B01010101"),
        hex.parseHex(
            "7605010203046200620072630701770101010171770701000108"
                + "00FF0101621E52FF590000000000000001010101016312340"
                + "0"));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrReads(byte[] input) {
    for (SmlFrames.Cut cut : new SmlFrames().take(input, input.length)) {
      switch (cut) {
        case SmlFrames.Whole(byte[] content) -> content(content);
        case SmlFrames.Broken(String reason) -> Reasons.isOne(reason);
      }
    }
    content(input);
  }

  private static void content(byte[] content) {
    switch (SmlTelegram.parse(content)) {
      case SmlTelegram.Refused(String reason) -> Reasons.isOne(reason);
      case SmlTelegram.Sound(SmlTelegram telegram) -> {
        assertThat(telegram.serial(METER)).matches("[ -~]{0,64}");
        assertThat(telegram.manufacturer()).matches("[ -~]{0,64}");
        for (SmlValue value : METER.values()) {
          if (telegram.read(value).orElse(new Decoded.NotAvailable())
              instanceof Decoded.Refused(String code, String reason)) {
            assertThat(code).isNotBlank();
            Reasons.isOne(reason);
          }
        }
      }
    }
  }
}
