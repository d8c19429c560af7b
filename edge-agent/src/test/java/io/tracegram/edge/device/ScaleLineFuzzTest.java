package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.runtime.profile.ScaleProfile.Protocol;
import io.tracegram.runtime.profile.ScaleReply;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any line, to any protocol, is a positive weight in whole milligrams or a printable refusal. */
class ScaleLineFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "S S     100.00 g",
            "S S 1.000000001 t",
            "S D      99.98 g",
            "S I",
            "ES",
            "S S 999999999.999999999 t",
            "+   123.56 g  ",
            "N     +   123.56 kg ",
            "Stat        High    ",
            "Stat     ERR 054    ",
            "ST,OK,+0001.234 kg",
            "OL,+9999999E+19",
            "EC,E01",
            "      0.211 kg ? NET",
            "-   12.34 kg    NET",
            "Err 8.3")
        .map(line -> line.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrWeighs(byte[] input) {
    String line = new String(input, StandardCharsets.ISO_8859_1); // as AskedLine reads it
    for (Protocol protocol : Protocol.values()) {
      switch (ScaleReply.read(protocol, line)) {
        case ScaleReply.Weighed(var mass) -> {
          assertThat(mass.milligrams()).isPositive();
          assertThat(line).containsPattern("[1-9]").doesNotContain("?").doesNotStartWith("US");
        }
        case ScaleReply.Refused(String code, String reason) -> Reasons.isOne(reason);
        case ScaleReply.Failed(String code, String reason) -> Reasons.isOne(reason);
        case ScaleReply.Unreadable() -> {
          // LineScale quotes it, see Excerpt
        }
      }
    }
  }
}
