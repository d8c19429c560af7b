package io.tracegram.ledger.custody;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.fuzz.Strictness;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are one custody event, or refused. */
class CustodyEventFuzzTest {
  static Stream<byte[]> seeds() {
    CustodyEvent.LotQuantity lot =
        new CustodyEvent.LotQuantity(LotId.ofLot("09520000000011", "A1"), new Mass(1_000));
    return Stream.of(Optional.<String>empty(), Optional.of("customer"))
        .map(
            destination ->
                CustodyEventCodec.encode(
                    new CustodyEvent(
                        CustodyEvent.Type.TRANSFORMED,
                        900_000,
                        12,
                        List.of(lot),
                        List.of(lot, lot),
                        "dock",
                        "plant/furnace",
                        destination)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameBytes(byte[] input) {
    Strictness.holds(input, CustodyEventCodec::decode, CustodyEventCodec::encode);
  }
}
