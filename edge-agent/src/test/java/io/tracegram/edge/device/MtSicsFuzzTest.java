package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any line is a positive weight in whole milligrams, or refused with a printable reason. */
class MtSicsFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "S S     100.00 g",
            "S S 1.000000001 t",
            "S D      99.98 g",
            "S I",
            "ES",
            "S S 999999999.999999999 t")
        .map(line -> line.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrWeighs(byte[] input) {
    String line = new String(input, StandardCharsets.ISO_8859_1); // as LineSocket reads it
    Observation observation = MtSicsReply.read("scale", line);

    if (observation instanceof Observation.Weighed weighed) {
      assertThat(weighed.mass().milligrams()).isPositive();
      assertThat(line).startsWith("S S ");
    } else {
      Reasons.isOneOf(observation);
    }
  }
}
