package io.tracegram.ledger.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Strictness;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is one tlog-proof, or refused; and no such text proves a leaf that is not there. */
class TlogProofFuzzTest {
  private static final byte[] FOREIGN = "no leaf of this log".getBytes(StandardCharsets.UTF_8);

  static Stream<byte[]> seeds() {
    return Stream.of(
            new TlogProof(0, List.of(), Samples.cosignedNote()),
            new TlogProof(3, List.of(Hash.ZERO, Hash.ZERO), Samples.cosignedNote()))
        .map(proof -> proof.format().getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameText(byte[] input) {
    Strictness.holdsForText(
        input,
        TlogProof::parse,
        proof -> {
          assertThat(proof.proves(FOREIGN, Samples.LOG)).isFalse();
          return proof.format();
        });
  }
}
