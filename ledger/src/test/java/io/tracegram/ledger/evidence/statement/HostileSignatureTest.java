package io.tracegram.ledger.evidence.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.account.PlantFixture;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Strictness;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-formed statements under a wrong key, algorithm or signature: none is its author's. */
class HostileSignatureTest {
  private static final PrivateKey P256 = PlantFixture.key(7);
  private static final PrivateKey ED25519 = Samples.ed25519(9);
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  @ParameterizedTest
  @CsvSource({
    "-7, true, false",
    "-9, true, false", // fully specified ES256
    "-8, false, true",
    "-19, false, true", // fully specified Ed25519
    "-35, false, false", // ES384
    "-257, false, false", // RS256
    "5, false, false", // a MAC under the public key
    "0, false, false",
    "9223372036854775807, false, false",
  })
  void acceptsAKeyOnlyUnderItsOwnAlgorithm(long algorithm, boolean ofP256, boolean ofEd25519) {
    assertThat(signed(algorithm, P256, P256).isSignedBy(P256.publicKey())).isEqualTo(ofP256);
    assertThat(signed(algorithm, ED25519, ED25519).isSignedBy(ED25519.publicKey()))
        .isEqualTo(ofEd25519);
  }

  @Test
  void refusesAForeignKeyIdEvenIfTheSignatureVerifies() {
    PrivateKey other = PlantFixture.key(8);

    assertThat(signed(-7, other, P256).isSignedBy(P256.publicKey())).isFalse();
    assertThat(signed(-7, other, P256).isSignedBy(other.publicKey())).isFalse();
    assertThat(signed(-7, P256, other).isSignedBy(P256.publicKey())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesSignaturesOfTrivialNumbers(boolean isP256) {
    PrivateKey key = isP256 ? P256 : ED25519;
    BigInteger[] trivial = {
      BigInteger.ZERO, BigInteger.ONE, ORDER.subtract(BigInteger.ONE), ORDER, ORDER.shiftRight(1)
    };
    for (BigInteger r : trivial) {
      for (BigInteger s : trivial) {
        byte[] signature = new byte[64];
        put(r, signature, 32);
        put(s, signature, 64);
        assertThat(withSignature(key, signature).isSignedBy(key.publicKey())).isFalse();
      }
    }
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 0xFF);
    assertThat(withSignature(key, ones).isSignedBy(key.publicKey())).isFalse();
  }

  @Test
  void refusesAnEd25519SignatureWhoseScalarIsNotReduced() {
    BigInteger groupOrder =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] signature = ED25519.sign(new byte[] {1});
    byte[] scalar = reversed(Arrays.copyOfRange(signature, 32, 64));
    byte[] larger = new byte[32];
    put(new BigInteger(1, scalar).add(groupOrder), larger, 32);
    byte[] forged = signature.clone();
    System.arraycopy(reversed(larger), 0, forged, 32, 32);

    assertThat(ED25519.publicKey().verify(new byte[] {1}, signature)).isTrue();
    assertThat(ED25519.publicKey().verify(new byte[] {1}, forged)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000", // order 4
        "0100000000000000000000000000000000000000000000000000000000000000", // identity
        "0100000000000000000000000000000000000000000000000000000000000080", // -0
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // order 2
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p itself
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // 1 unreduced
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // order 8
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", // order 8
        "0200000000000000000000000000000000000000000000000000000000000000", // off the curve
      })
  void refusesEd25519KeysForWhichForgingIsEasy(String key) {
    assertThat(
            Strictness.refusal(() -> PublicKey.of(Algorithm.ED25519, HexFormat.of().parseHex(key))))
        .startsWith("not a valid ED25519 key");
  }

  @Test
  void refusesPointsThatAreNotOneUncompressedPointOfP256() {
    byte[] good = P256.publicKey().encoded();
    for (int form : new int[] {0, 1, 2, 3, 5, 6, 7, 255}) {
      byte[] other = good.clone();
      other[0] = (byte) form;
      assertThat(Strictness.refusal(() -> PublicKey.of(Algorithm.ES256, other)))
          .startsWith("not a valid ES256 key");
    }
    byte[] offTheCurve = good.clone();
    offTheCurve[64] ^= 1;
    assertThat(Strictness.refusal(() -> PublicKey.of(Algorithm.ES256, offTheCurve)))
        .startsWith("not a valid ES256 key");
    assertThat(Strictness.refusal(() -> PublicKey.of(Algorithm.ES256, new byte[] {0})))
        .isEqualTo("ES256 key of 1 bytes, expected 65");
    assertThat(
            Strictness.refusal(() -> PublicKey.of(Algorithm.ES256, ED25519.publicKey().encoded())))
        .isEqualTo("ES256 key of 32 bytes, expected 65");
  }

  private static SignedStatement signed(long algorithm, PrivateKey named, PrivateKey signer) {
    byte[] header = header(algorithm, named.publicKey().keyId());
    byte[] payload = payload();
    return envelope(
        header,
        payload,
        signer.sign(CoseSign1.toBeSigned(header, CoseSign1.EXTERNAL_AAD, payload)));
  }

  private static SignedStatement withSignature(PrivateKey key, byte[] signature) {
    return envelope(
        header(key.publicKey().algorithm().cose(), key.publicKey().keyId()), payload(), signature);
  }

  private static SignedStatement envelope(byte[] header, byte[] payload, byte[] signature) {
    return SignedStatement.parse(
        new CborWriter()
            .tag(18)
            .array(4)
            .bytes(header)
            .map(0)
            .bytes(payload)
            .bytes(signature)
            .toByteArray());
  }

  private static byte[] header(long algorithm, Hash keyId) {
    return new CborWriter()
        .map(4)
        .integer(1)
        .integer(algorithm)
        .integer(3)
        .text("application/tracegram+cbor")
        .integer(4)
        .bytes(keyId.bytes())
        .integer(15)
        .map(2)
        .integer(1)
        .text("agent")
        .integer(2)
        .text("plant")
        .toByteArray();
  }

  private static byte[] payload() {
    CborWriter out = new CborWriter().map(11).integer(1).integer(1);
    out.integer(2).text("agent").integer(3).integer(3).integer(4).integer(4);
    out.integer(5).integer(5).integer(6).bytes(Hash.ZERO.bytes());
    out.integer(7).integer(6_000).integer(8).integer(7).integer(9).integer(3);
    return out.integer(10).integer(7).integer(11).array(0).toByteArray();
  }

  /** Writes a number big-endian so that it ends before {@code end}. */
  private static void put(BigInteger number, byte[] target, int end) {
    byte[] bytes = number.toByteArray();
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, target, end - length, length);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = bytes[bytes.length - 1 - i];
    }
    return result;
  }
}
