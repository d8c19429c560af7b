package io.tracegram.ledger.evidence.log;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Strictness;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any text is a policy that can be asked, or refused with its line; a policy has many spellings.
 */
class TlogPolicyFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "log %s\nwitness w %s\ngroup g any w\nquorum g\n"
                .formatted(Samples.LOG.vkey(), Samples.WITNESS.vkey()),
            "# none\nquorum none\n")
        .map(policy -> policy.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrCanBeAsked(byte[] input) {
    TlogPolicy policy;
    try {
      policy = TlogPolicy.parse(new String(input, StandardCharsets.UTF_8));
    } catch (MalformedException e) {
      Strictness.isAReason(e.getMessage());
      return;
    }
    policy.isWitnessed(Samples.cosignedNote());
  }
}
