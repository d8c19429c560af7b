package io.tracegram.ledger.evidence.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.account.PlantFixture;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.fuzz.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedStatementTest {
  private static final PrivateKey KEY = PlantFixture.key(7);

  static List<Body> bodies() {
    return Samples.bodies();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void comesBackEqualAndVerifies(Body body) {
    SignedStatement signed = sign(body);
    SignedStatement parsed = SignedStatement.parse(signed.encoded());

    assertThat(parsed.statement()).isEqualTo(signed.statement());
    assertThat(parsed.isSignedBy(KEY.publicKey())).isTrue();
    assertThat(parsed.chainHash()).isEqualTo(signed.chainHash());
    assertThat(parsed.isSignedBy(PlantFixture.key(8).publicKey())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void isRefusedOrUnsignedWithAnyBitFlipped(Body body) {
    byte[] encoded = sign(body).encoded();
    PublicKey key = KEY.publicKey();
    for (int bit = 0; bit < encoded.length * 8; bit += 5) {
      byte[] forged = encoded.clone();
      forged[bit / 8] ^= (byte) (1 << (bit % 8));
      boolean accepted;
      try {
        accepted = SignedStatement.parse(forged).isSignedBy(key);
      } catch (MalformedException e) {
        accepted = false;
      }
      assertThat(accepted).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void isRefusedAtEveryTruncation(Body body) {
    byte[] encoded = sign(body).encoded();
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> SignedStatement.parse(cut)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void carriesSixtyReadingsInFewBytes() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      readings.add(new Reading(1_700_000_000_000L + i * 10_000L, 9_000_000_000L + i * 2_777_777L));
    }
    SignedStatement signed =
        sign(
            new Body.Readings(
                List.of(new Series("main", Register.ENERGY_IMPORT, "SN", 1_000, readings))));

    assertThat(signed.encoded().length).isLessThan(900);
  }

  @Test
  void chainsEachStatementToTheOneBefore() {
    StatementChain chain = new StatementChain("plant", "agent", KEY, 1, 1, 0, Hash.ZERO);
    SignedStatement first = chain.sign(new Body.Heartbeat(), 1, 1, ClockStatus.SYNCHRONISED);
    SignedStatement second = chain.sign(new Body.Heartbeat(), 2, 2, ClockStatus.SYNCHRONISED);

    assertThat(first.statement().previous()).isEqualTo(Hash.ZERO);
    assertThat(second.statement().previous()).isEqualTo(first.chainHash());
    assertThat(second.statement().sequence()).isEqualTo(2);
  }

  private static SignedStatement sign(Body body) {
    return SignedStatement.sign(
        new Statement("plant", "agent", 3, 4, 5, Hash.ZERO, 6_000, 7, ClockStatus.RELATIVE, body),
        KEY);
  }
}
