package io.tracegram.ledger.evidence.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PrivateKey gateway = PrivateKey.generate(Algorithm.ES256, RANDOM);
  private final Receipt receipt =
      new Receipt("refinery", "refinery-agent", 3, 4_711, 9_001, Receipt.State.MIRRORED);

  @Test
  void opensWhatTheGatewaySigned() {
    byte[] signed = receipt.sign(gateway);

    assertThat(Receipt.open(signed, gateway.publicKey())).isEqualTo(receipt);
    assertThat(signed.length).isLessThan(Receipt.MAX_LENGTH);
  }

  @Test
  void refusesEveryFlippedByteAndEveryTruncation() {
    byte[] signed = receipt.sign(gateway);

    for (int i = 0; i < signed.length; i++) {
      byte[] flipped = signed.clone();
      flipped[i] ^= 1;
      assertThatThrownBy(() -> Receipt.open(flipped, gateway.publicKey()))
          .as("byte %d flipped", i)
          .isInstanceOf(MalformedException.class);
      byte[] truncated = Arrays.copyOf(signed, i);
      assertThatThrownBy(() -> Receipt.open(truncated, gateway.publicKey()))
          .as("cut at %d", i)
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void refusesAnotherKeysReceipt() {
    PrivateKey stranger = PrivateKey.generate(Algorithm.ES256, RANDOM);

    assertThatThrownBy(() -> Receipt.open(receipt.sign(stranger), gateway.publicKey()))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("names key");
  }

  @Test
  void refusesTheGatewaysStatementInPlaceOfAReceipt() {
    byte[] statement =
        new StatementChain("refinery", "gateway", gateway, 1, 1, 0, Hash.ZERO)
            .sign(new Body.Heartbeat(), 0, 0, ClockStatus.RELATIVE)
            .encoded();

    assertThatThrownBy(() -> Receipt.open(statement, gateway.publicKey()))
        .isInstanceOf(MalformedException.class);
  }
}
