package io.tracegram.ledger.evidence.cbor;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Strictness;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are one item of the subset in its one encoding, or refused. */
class CborFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.concat(
        Stream.of(
                "00", "8301820203820405", "d28443a10126a044deadbeef40", "a301022001210a", "62c3bc")
            .map(HexFormat.of()::parseHex),
        Samples.statements().stream().map(statement -> statement.encoded()));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameBytes(byte[] input) {
    Strictness.holds(input, CborItem::read, CborItem::encoded);
  }
}
