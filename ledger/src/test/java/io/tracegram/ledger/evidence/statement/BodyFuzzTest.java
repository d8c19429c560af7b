package io.tracegram.ledger.evidence.statement;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Strictness;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are one body of the kind that their first byte picks, or refused. */
class BodyFuzzTest {
  static Stream<byte[]> seeds() {
    return Samples.bodies().stream().map(BodyFuzzTest::encoded);
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameBytes(byte[] input) {
    if (input.length == 0 || (input[0] & 0xFF) >= Kind.values().length) {
      return;
    }
    Strictness.holds(input, BodyFuzzTest::read, BodyFuzzTest::encoded);
  }

  private static Body read(byte[] input) {
    CborReader in = new CborReader(Arrays.copyOfRange(input, 1, input.length));
    Body body = BodyCodec.read(in, Kind.values()[input[0]]);
    in.end();
    return body;
  }

  private static byte[] encoded(Body body) {
    CborWriter out = new CborWriter().encoded(new byte[] {(byte) body.kind().ordinal()});
    BodyCodec.write(out, body);
    return out.toByteArray();
  }
}
