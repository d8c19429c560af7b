package io.tracegram.ledger.evidence.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Vectors;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** COSE_Sign1 of RFC 9052 and of another implementation; see {@code SOURCE.md} there. */
class CoseVectorsTest {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Vector(
      PublicKey key,
      byte[] header,
      byte[] externalAad,
      byte[] payload,
      byte[] toBeSigned,
      byte[] signature) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Foreign(PublicKey key, String keyId, byte[] encoded) {}

  static Stream<Vector> vectors() {
    return Stream.of("cose/rfc9052.txt", "cose/auth0-cose.txt")
        .flatMap(file -> Vectors.lines(file).stream())
        .map(line -> line.split(" \\| ", -1))
        .map(
            cells ->
                new Vector(
                    key(cells),
                    bytes(cells[3]),
                    bytes(cells[4]),
                    bytes(cells[5]),
                    bytes(cells[6]),
                    bytes(cells[7])));
  }

  static Stream<Foreign> statements() {
    return Vectors.lines("cose/statements.txt").stream()
        .map(line -> line.split(" \\| ", -1))
        .map(cells -> new Foreign(key(cells), cells[3], bytes(cells[4])));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void buildsTheSameSigStructureAndVerifiesItsSignature(Vector vector) {
    byte[] ours = CoseSign1.toBeSigned(vector.header(), vector.externalAad(), vector.payload());

    assertThat(ours).isEqualTo(vector.toBeSigned());
    assertThat(vector.key().verify(ours, vector.signature())).isTrue();
    for (int bit = 0; bit < ours.length * 8; bit += 7) {
      byte[] changed = ours.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(vector.key().verify(changed, vector.signature())).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("statements")
  void acceptsAStatementThatAnotherImplementationSigned(Foreign foreign) {
    SignedStatement parsed = SignedStatement.parse(foreign.encoded());

    assertThat(parsed.isSignedBy(foreign.key())).isTrue();
    assertThat(parsed.keyId()).hasToString(foreign.keyId());
    assertThat(foreign.key().keyId()).hasToString(foreign.keyId());
    assertThat(parsed.statement())
        .isEqualTo(Samples.signed(new Body.Heartbeat(), Samples.AGENT_KEY).statement());
  }

  @Test
  void signsTheBytesThatAnotherImplementationVerified() {
    byte[] ours = Samples.signed(new Body.Heartbeat(), Samples.AGENT_KEY).encoded();

    assertThat(statements().toList().getLast().encoded()).isEqualTo(ours);
  }

  @Test
  void refusesTheExampleOfTheRfcBecauseItsKeyIdIsUnprotected() {
    Vector example = vectors().toList().getFirst();
    byte[] envelope =
        new CborWriter()
            .tag(18)
            .array(4)
            .bytes(example.header())
            .map(1)
            .integer(4)
            .bytes(new byte[] {'1', '1'})
            .bytes(example.payload())
            .bytes(example.signature())
            .toByteArray();

    assertThatThrownBy(() -> SignedStatement.parse(envelope))
        .isInstanceOf(MalformedException.class)
        .hasMessage("map of length 1 is too long at byte 6");
  }

  private static PublicKey key(String[] cells) {
    return PublicKey.of(Algorithm.valueOf(cells[1]), bytes(cells[2]));
  }

  private static byte[] bytes(String hex) {
    return hex.equals("-") ? new byte[0] : HexFormat.of().parseHex(hex);
  }
}
