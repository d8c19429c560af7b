package io.tracegram.ledger.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Strictness;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is one signed note, or refused; and asking it for signatures throws nothing. */
class NoteFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            Samples.cosignedNote().format(),
            "\n\n\u2014 a AAAAAAA=\n",
            "text\n\nmore\n\n\u2014 name AAAAAAA=\n\u2014 other AQIDBAU=\n")
        .map(note -> note.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameText(byte[] input) {
    Strictness.holdsForText(
        input,
        SignedNote::parse,
        note -> {
          if (note.isSignedBy(Samples.LOG)) {
            assertThat(note.text()).isEqualTo(Samples.CHECKPOINT.text());
          }
          if (note.cosignedAt(Samples.WITNESS).isPresent()) {
            assertThat(note.text()).isEqualTo(Samples.CHECKPOINT.text());
          }
          return note.format();
        });
  }
}
