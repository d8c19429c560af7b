package io.tracegram.ledger.evidence.log;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Strictness;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are one leaf, or refused. */
class LeafFuzzTest {
  static Stream<byte[]> seeds() {
    return Samples.statements().stream()
        .map(statement -> new Leaf(1_700_000_000_000L, 0, statement).encoded());
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameBytes(byte[] input) {
    Strictness.holds(input, Leaf::parse, Leaf::encoded);
  }
}
