package io.tracegram.ledger.evidence.log;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Strictness;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is one verifier key, or refused. */
class NoteKeyFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(Samples.LOG, Samples.WITNESS)
        .map(key -> key.vkey().getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameText(byte[] input) {
    Strictness.holdsForText(input, NoteKey::parse, NoteKey::vkey);
  }
}
