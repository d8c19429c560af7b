package io.tracegram.ledger.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes, keys, checkpoints and cosignatures; the first example is that of signed-note.md. */
class NotesTest {
  private static final String VKEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  private static final String NOTE =
      """
      This is an example message.

      \u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
      """;
  private static final PrivateKey SECRET = PrivateKey.of(Algorithm.ED25519, filled(1));
  private static final PrivateKey WITNESS_SECRET = PrivateKey.of(Algorithm.ED25519, filled(2));
  private static final NoteKey LOG =
      new NoteKey("plant.example/a", NoteKey.Type.LOG, SECRET.publicKey());
  private static final NoteKey WITNESS =
      new NoteKey("witness.example/w1", NoteKey.Type.COSIGNER, WITNESS_SECRET.publicKey());
  private static final Checkpoint CHECKPOINT = new Checkpoint("plant.example/a", 5, Hash.ZERO);

  @Test
  void verifiesThePublishedExample() {
    NoteKey key = NoteKey.parse(VKEY);
    SignedNote note = SignedNote.parse(NOTE);
    assertThat(key.vkey()).isEqualTo(VKEY);
    assertThat(key.name()).isEqualTo("example.com/foo");
    assertThat(note.text()).isEqualTo("This is an example message.\n");
    assertThat(note.isSignedBy(key)).isTrue();
    assertThat(note.format()).isEqualTo(NOTE);
  }

  @Test
  void refusesTheExampleWithAnotherText() {
    NoteKey key = NoteKey.parse(VKEY);
    assertThat(SignedNote.parse(NOTE.replace("message", "massage")).isSignedBy(key)).isFalse();
  }

  @Test
  void refusesANoteInWhichOneOfTwoSignaturesOfAKnownKeyIsWrong() {
    SignedNote good = SignedNote.signedBy(CHECKPOINT.text(), LOG, SECRET);
    SignedNote.Signature bad =
        SignedNote.signedBy("another text\n", LOG, SECRET).signatures().getFirst();
    assertThat(good.isSignedBy(LOG)).isTrue();
    assertThat(good.with(bad).isSignedBy(LOG)).isFalse();
  }

  @Test
  void ignoresSignaturesOfUnknownKeys() {
    SignedNote note =
        SignedNote.signedBy(CHECKPOINT.text(), LOG, SECRET)
            .with(SignedNote.cosign(CHECKPOINT.text(), WITNESS, WITNESS_SECRET, 1_700_000_000));
    NoteKey sameNameOtherKey =
        new NoteKey(LOG.name(), NoteKey.Type.LOG, WITNESS_SECRET.publicKey());
    assertThat(note.isSignedBy(sameNameOtherKey)).isFalse();
    assertThat(note.isSignedBy(LOG)).isTrue();
  }

  @Test
  void cosignatureVouchesForTextAndTime() {
    SignedNote.Signature cosignature =
        SignedNote.cosign(CHECKPOINT.text(), WITNESS, WITNESS_SECRET, 1_700_000_000);
    SignedNote note = new SignedNote(CHECKPOINT.text(), List.of(cosignature));
    assertThat(SignedNote.parse(note.format())).isEqualTo(note);
    assertThat(note.cosignedAt(WITNESS)).hasValue(1_700_000_000);

    byte[] laterTime = cosignature.blob().bytes();
    laterTime[11]++;
    SignedNote forged =
        new SignedNote(
            CHECKPOINT.text(),
            List.of(
                new SignedNote.Signature(
                    WITNESS.name(), io.tracegram.ledger.evidence.statement.Content.of(laterTime))));
    assertThat(forged.cosignedAt(WITNESS)).isEmpty();
  }

  @Test
  void aLogSignatureIsNoCosignatureOfTheSameKey() {
    NoteKey asCosigner = new NoteKey(LOG.name(), NoteKey.Type.COSIGNER, LOG.key());
    assertThat(asCosigner.id()).isNotEqualTo(LOG.id());
    assertThat(SignedNote.signedBy(CHECKPOINT.text(), LOG, SECRET).isSignedBy(asCosigner))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text\n",
        "text\n\n",
        "text\n\n\u2014 name AAAAAAA=",
        "text\n\n- name AAAAAAA=\n",
        "text\n\n\u2014 name\n",
        "text\n\n\u2014 na+me AAAAAAA=\n",
        "text\n\n\u2014 name AAAAAAA=\n\u2014 name\n",
        "text\n\n\u2014 name AAAAAAB=\n",
        "text\n\n\u2014 name AAAA\n",
        "te\rxt\n\n\u2014 name AAAAAAA=\n",
        "te\u0000xt\n\n\u2014 name AAAAAAA=\n",
      })
  void refusesWhatIsNoNote(String text) {
    assertThatThrownBy(() -> SignedNote.parse(text)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com/foo",
        "example.com/foo+530d903a",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "exa mple.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=",
      })
  void refusesWhatIsNoVerifierKey(String vkey) {
    assertThatThrownBy(() -> NoteKey.parse(vkey)).isInstanceOf(MalformedException.class);
  }

  @Test
  void checkpointHasThreeLines() {
    assertThat(CHECKPOINT.text())
        .isEqualTo("plant.example/a\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
    assertThat(Checkpoint.parse(CHECKPOINT.text())).isEqualTo(CHECKPOINT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a\n5\n",
        "\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "a\n05\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "a\n-5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "a\n9999999999999999999\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "a\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
        "a\n5\nAAAA\n",
        "a\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "a\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nextension\n",
      })
  void refusesWhatIsNoCheckpoint(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(MalformedException.class);
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
