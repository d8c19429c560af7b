package io.tracegram.ledger.evidence.statement;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.account.PlantFixture;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.fuzz.Strictness;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are the gateway's receipt, or refused: ES256 by RFC 6979 has one signature of each. */
class ReceiptFuzzTest {
  private static final PrivateKey GATEWAY = PlantFixture.key(2);

  static Stream<byte[]> seeds() {
    return Stream.of(Receipt.State.values())
        .map(state -> new Receipt("plant", "agent", 4, 70_000, 100_000, state).sign(GATEWAY));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameBytes(byte[] input) {
    Strictness.holds(
        input, bytes -> Receipt.open(bytes, GATEWAY.publicKey()), receipt -> receipt.sign(GATEWAY));
  }
}
