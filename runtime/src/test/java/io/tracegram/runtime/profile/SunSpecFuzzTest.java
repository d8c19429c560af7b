package io.tracegram.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.runtime.profile.SunSpecWalk.Step;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any registers of a device end the walk in a bounded time, and what is found decodes. */
class SunSpecFuzzTest {
  private static final int MOST_QUESTIONS = 36;

  static Stream<byte[]> seeds() {
    byte[] found = "SunS\0\1\0A\0\313\0i".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    return Stream.of(found, new byte[12], Arrays.copyOf(found, 200));
  }

  @MethodSource("seeds")
  @FuzzTest
  void endsAndDecodes(byte[] input) {
    ByteBuffer answers = ByteBuffer.wrap(input);
    SunSpecWalk walk = new SunSpecWalk();
    Step step = walk.start();
    int questions = 0;
    while (step instanceof Step.Ask && answers.remaining() >= 4) {
      byte[] words = new byte[4];
      answers.get(words);
      step = walk.next(words);
      assertThat(++questions).isLessThan(MOST_QUESTIONS);
    }
    if (step instanceof Step.Found(SunSpecMap map)) {
      byte[] span = Arrays.copyOfRange(input, answers.position(), answers.position() + size(map));
      assertThat(map.decode(span)).hasSize(3).doesNotContainValue(null);
    }
  }

  private static int size(SunSpecMap map) {
    return 2 * map.span().words();
  }
}
