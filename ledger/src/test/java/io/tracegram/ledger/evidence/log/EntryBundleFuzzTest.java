package io.tracegram.ledger.evidence.log;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.fuzz.Strictness;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are one bundle of three entries, or refused. */
class EntryBundleFuzzTest {
  private static final int WIDTH = 3;

  static Stream<byte[]> seeds() {
    return Stream.of(
        EntryBundle.encode(List.of(new byte[0], new byte[] {1}, new byte[300])),
        EntryBundle.encode(List.of(new byte[] {1}, new byte[] {2}, new byte[0])));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameBytes(byte[] input) {
    Strictness.holds(input, bytes -> EntryBundle.decode(bytes, WIDTH), EntryBundle::encode);
  }
}
