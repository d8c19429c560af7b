package io.tracegram.ledger.emission;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.emission.IntensitySeries.Slot;
import io.tracegram.ledger.fuzz.Strictness;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are one factor document, or refused. */
class FactorDocumentFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            FactorSamples.set(),
            FactorSamples.portfolio(),
            FactorSamples.series(900_000, List.of()),
            FactorSamples.series(
                1_800_000,
                List.of(
                    new Slot(0, 266_000_000_000L, true),
                    new Slot(1_800_000, 263_000_000_000L, false),
                    new Slot(7_200_000, 0, false))))
        .map(FactorDocumentCodec::encode);
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameBytes(byte[] input) {
    Strictness.holds(input, FactorDocumentCodec::decode, FactorDocumentCodec::encode);
  }
}
