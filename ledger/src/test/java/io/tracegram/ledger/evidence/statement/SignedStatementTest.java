package io.tracegram.ledger.evidence.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.account.PlantFixture;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedStatementTest {
  private static final PrivateKey KEY = PlantFixture.key(7);

  static List<Body> bodies() {
    return List.of(
        new Body.Readings(
            List.of(
                new Series(
                    "main",
                    Register.ENERGY_IMPORT,
                    "SN-1",
                    1_000,
                    List.of(new Reading(1_000, 5_000), new Reading(2_000, 4_000))))),
        new Body.Weight("scale", 5, new Mass(100_000)),
        new Body.Scan("dock", 5, "Q3", "010952000000001110A\u001d21B"),
        new Body.Gap(3, 9, Hash.sha256(new byte[] {1})),
        new Body.Heartbeat(),
        new Body.DeviceStatus(
            "main", Body.DeviceStatus.State.BAD, "modbus.timeout", "no answer", 5, 1),
        new Body.Calculator(1),
        new Body.KeyRegistered(KeyRole.AGENT, "agent", KEY.publicKey()),
        new Body.PlantModelDeclared(new Document.Inline(Content.of(new byte[] {1, 2}))),
        new Body.PlantModelDeclared(new Document.Parts(Hash.sha256(new byte[] {9}), 70_000)),
        new Body.Part(Hash.sha256(new byte[] {9}), 1, 2, Content.of(new byte[] {3})),
        new Body.IntervalClose(900_000),
        new Body.LotPassport(Content.of(new byte[] {1}), Content.of(new byte[] {2})),
        new Body.Derived(Kind.ACCOUNT, 12, 3, Content.of(new byte[] {1, 2, 3})),
        new Body.ProductDeclared(
            "01/09520000000045/21/S1",
            2,
            Hash.sha256(new byte[] {7}),
            "cell-plant",
            List.of(
                new Body.ProductDeclared.AccountLeaf("example.com/cell-plant", 8_260),
                new Body.ProductDeclared.AccountLeaf("example.com/refinery", 0)),
            new Co2e(-5),
            new Co2e(Long.MAX_VALUE),
            new Co2e(Long.MAX_VALUE - 5)));
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
