package io.tracegram.ledger.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** ML-DSA-44 lines of tlog-cosignature; the published one is another implementation's. */
class QuantumSafeNotesTest {
  private static final PrivateKey ED25519 = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  private static final PrivateKey ML_DSA = PrivateKey.of(Algorithm.ML_DSA_44, new byte[32]);
  private static final PrivateKey OTHER = PrivateKey.of(Algorithm.ML_DSA_44, Hash.sha256().bytes());
  private static final CheckpointSigner LOG =
      CheckpointSigner.of("plant.example/a", ED25519, ML_DSA);
  private static final NoteKey WITNESS =
      new NoteKey("witness.example/w1", NoteKey.Type.ML_DSA_44, OTHER.publicKey());
  private static final String TEXT =
      new Checkpoint("plant.example/a", 5, Hash.sha256("root".getBytes(StandardCharsets.UTF_8)))
          .text();
  private static final SignedNote NOTE = LOG.sign(TEXT);

  @Test
  void verifiesTheCheckpointThatAnotherImplementationSigned() {
    NoteKey key = NoteKey.parse(vector("log.vkey").strip());
    SignedNote note = SignedNote.parse(vector("checkpoint"));
    assertThat(key.type()).isEqualTo(NoteKey.Type.ML_DSA_44);
    assertThat(key.vkey()).isEqualTo(vector("log.vkey").strip());
    assertThat(note.format()).isEqualTo(vector("checkpoint"));
    assertThat(note.isSignedBy(key)).isTrue();
    assertThat(note.cosignedAt(key)).as("it states no time").isEmpty();
    assertThat(
            new SignedNote(note.text().replace("\n1\n", "\n2\n"), note.signatures())
                .isSignedBy(key))
        .isFalse();
  }

  @Test
  void aPolicyMayTrustThatLogByItsMlDsaKeyAlone() {
    TlogPolicy policy = TlogPolicy.parse("log " + vector("log.vkey").strip() + "\nquorum none\n");
    PolicyVerdict verdict = policy.judge(SignedNote.parse(vector("checkpoint")));
    assertThat(verdict.accepted()).isTrue();
    assertThat(verdict.algorithms()).isEqualTo("ML-DSA-44");
  }

  @Test
  void signsTheMessageOfTheSpecificationFieldByField() {
    SignedNote.Signature line = SignedNote.cosign(TEXT, WITNESS, OTHER, 1_679_315_147);
    byte[] blob = line.blob().bytes();
    assertThat(blob).hasSize(4 + 8 + 2_420);
    byte[] message =
        ByteBuffer.allocate(12 + 1 + 18 + 8 + 1 + 15 + 8 + 8 + 32)
            .put("subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII))
            .put((byte) 18)
            .put("witness.example/w1".getBytes(StandardCharsets.US_ASCII))
            .putLong(1_679_315_147)
            .put((byte) 15)
            .put("plant.example/a".getBytes(StandardCharsets.US_ASCII))
            .putLong(0)
            .putLong(5)
            .put(Checkpoint.parse(TEXT).root().bytes())
            .array();
    assertThat(ByteBuffer.wrap(blob).getLong(4)).isEqualTo(1_679_315_147);
    assertThat(OTHER.publicKey().verify(message, Arrays.copyOfRange(blob, 12, blob.length)))
        .isTrue();
    assertThat(new SignedNote(TEXT, List.of(line)).cosignedAt(WITNESS)).hasValue(1_679_315_147);
  }

  @Test
  void aCheckpointCarriesBothLinesAndTheSameOnesEachTime() {
    assertThat(NOTE.signatures()).hasSize(2);
    assertThat(LOG.keys()).allMatch(NOTE::isSignedBy);
    assertThat(SignedNote.parse(NOTE.format())).isEqualTo(NOTE);
    assertThat(LOG.sign(TEXT)).isEqualTo(NOTE);
    SignedNote old = SignedNote.signedBy(TEXT, LOG.key(), ED25519);
    assertThat(LOG.complete(old)).isEqualTo(NOTE);
    assertThat(LOG.complete(NOTE)).isEqualTo(NOTE);
  }

  @Test
  void aSignatureCountsForItsOwnKeyNameAndTextOnly() {
    SignedNote note =
        new SignedNote(TEXT, List.of(SignedNote.cosign(TEXT, WITNESS, OTHER, 1_700_000_000)));
    NoteKey otherName = new NoteKey("witness.example/w2", WITNESS.type(), WITNESS.key());
    SignedNote renamed =
        new SignedNote(
            TEXT, List.of(withId(otherName, note.signatures().getFirst().blob().bytes())));
    assertThat(note.isSignedBy(WITNESS)).isTrue();
    assertThat(renamed.names(otherName)).isTrue();
    assertThat(renamed.isSignedBy(otherName)).as("the message commits to the name").isFalse();
    assertThat(note.isSignedBy(LOG.quantumSafeKey())).isFalse();
    SignedNote larger = new SignedNote(TEXT.replace("\n5\n", "\n6\n"), note.signatures());
    assertThat(larger.isSignedBy(WITNESS)).isFalse();
  }

  @Test
  void refusesATimeThatIsChangedZeroedOrNegative() {
    byte[] blob = SignedNote.cosign(TEXT, WITNESS, OTHER, 1_700_000_000).blob().bytes();
    for (long time : new long[] {0, 1_700_000_001, -1, Long.MIN_VALUE}) {
      ByteBuffer.wrap(blob).putLong(4, time);
      SignedNote forged = new SignedNote(TEXT, List.of(withId(WITNESS, blob)));
      assertThat(forged.isSignedBy(WITNESS)).as("time " + time).isFalse();
    }
  }

  @Test
  void noWitnessWithoutATime() {
    SignedNote timeless = NOTE.with(SignedNote.cosign(TEXT, WITNESS, OTHER, 0));
    TlogPolicy policy = TlogPolicy.all(LOG.keys(), List.of(WITNESS), List.of());
    assertThat(timeless.isSignedBy(WITNESS)).isTrue();
    assertThat(policy.judge(timeless).accepted()).isFalse();
    SignedNote timed = NOTE.with(SignedNote.cosign(TEXT, WITNESS, OTHER, 1));
    assertThat(policy.judge(timed).accepted()).isTrue();
  }

  @Test
  void refusesACheckpointWithExtensionLinesWhichItWouldNotCover() {
    SignedNote.Signature line = NOTE.signatures().getLast();
    assertThat(new SignedNote(TEXT + "extension\n", List.of(line)).isSignedBy(LOG.quantumSafeKey()))
        .isFalse();
  }

  @Test
  void aPolicyRefusesANoteInWhichOneOfItsLogsTwoSignaturesIsWrong() {
    TlogPolicy policy = TlogPolicy.all(LOG.keys(), List.of(), List.of());
    byte[] blob = NOTE.signatures().getLast().blob().bytes();
    blob[1_000] ^= 1;
    SignedNote forged =
        new SignedNote(
            TEXT, List.of(NOTE.signatures().getFirst(), withId(LOG.quantumSafeKey(), blob)));
    assertThat(policy.judge(forged).refusal().orElseThrow()).contains("is wrong");
    SignedNote one = new SignedNote(TEXT, List.of(NOTE.signatures().getFirst()));
    assertThat(policy.judge(one).accepted()).isTrue();
    assertThat(policy.judge(one).algorithms()).isEqualTo("Ed25519");
    assertThat(policy.judge(NOTE).algorithms()).isEqualTo("Ed25519 and ML-DSA-44");
  }

  @Test
  void aVerifierKeyHasTheLengthOfItsType() {
    String vkey = LOG.quantumSafeKey().vkey();
    assertThat(NoteKey.parse(vkey)).isEqualTo(LOG.quantumSafeKey());
    assertThatThrownBy(() -> NoteKey.parse(vkey.substring(0, vkey.length() - 4)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> new NoteKey("plant.example/a", NoteKey.Type.LOG, ML_DSA.publicKey()))
        .isInstanceOf(MalformedException.class);
  }

  @Property(tries = 40)
  void everyChangedOrMissingByteIsRefused(
      @ForAll @IntRange(min = 4, max = 2_431) int at,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] blob = NOTE.signatures().getLast().blob().bytes();
    SignedNote truncated =
        new SignedNote(TEXT, List.of(withId(LOG.quantumSafeKey(), Arrays.copyOf(blob, at + 1))));
    assertThat(at + 1 == blob.length || !truncated.isSignedBy(LOG.quantumSafeKey())).isTrue();
    blob[at] ^= (byte) change;
    assertThat(
            new SignedNote(TEXT, List.of(withId(LOG.quantumSafeKey(), blob)))
                .isSignedBy(LOG.quantumSafeKey()))
        .isFalse();
  }

  private static SignedNote.Signature withId(NoteKey key, byte[] blob) {
    byte[] named = Arrays.copyOf(blob, Math.max(blob.length, 5));
    System.arraycopy(key.id(), 0, named, 0, 4);
    return new SignedNote.Signature(key.name(), Content.of(named));
  }

  private static String vector(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            QuantumSafeNotesTest.class.getResourceAsStream("/vectors/torchwood/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
