package io.tracegram.ledger.plant;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.account.PlantFixture;
import io.tracegram.ledger.fuzz.Strictness;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are one plant model, or refused. */
class PlantModelFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
        PlantModelCodec.encode(PlantFixture.plant("0.380")),
        PlantModelCodec.encode(PlantFixture.heatAndPower()),
        PlantModelCodec.encode(PlantFixture.withBin(PrimaryData.STRICT)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameBytes(byte[] input) {
    Strictness.holds(input, PlantModelCodec::decode, PlantModelCodec::encode);
  }
}
