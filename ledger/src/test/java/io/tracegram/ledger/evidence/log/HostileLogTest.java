package io.tracegram.ledger.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Strictness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints, notes, proofs and tile names made to deceive: refused for exactly their reason. */
class HostileLogTest {
  private static final byte[] LEAF = {1, 2, 3};
  private static final Hash ROOT = MerkleTree.leafHash(LEAF);
  private static final Checkpoint HEAD = new Checkpoint(Samples.LOG.name(), 1, ROOT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | a checkpoint has exactly three lines
          'a\\n5\\n' | a checkpoint has exactly three lines
          '\\n5\\nROOT\\n' | a checkpoint has exactly three lines
          'a\\n5\\nROOT\\nextension\\n' | a checkpoint has exactly three lines
          'a\\n5\\nROOT' | a checkpoint has exactly three lines
          'a\\n05\\nROOT\\n' | not a canonical decimal: 05
          'a\\n-1\\nROOT\\n' | not a canonical decimal: -1
          'a\\n+1\\nROOT\\n' | not a canonical decimal: +1
          'a\\n1e3\\nROOT\\n' | not a canonical decimal: 1e3
          'a\\n \\nROOT\\n' | 'not a canonical decimal:  '
          'a\\n9223372036854775808\\nROOT\\n' | not a canonical decimal: 9223372036854775808
          'a\\n5\\nAAAA\\n' | not a base64 SHA-256: AAAA
          'a\\n5\\n!!!!\\n' | not base64: !!!!
          'a\\n5\\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\\n' | not canonical base64: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=
          'a\\n5\\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\\n' | not canonical base64: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
          """)
  void refusesEveryOtherCheckpoint(String text, String reason) {
    String checkpoint =
        text.replace("\\n", "\n").replace("ROOT", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

    assertThat(Strictness.refusal(() -> Checkpoint.parse(checkpoint))).isEqualTo(reason);
  }

  @Test
  void aSignedCheckpointVouchesForItsOwnOriginSizeAndRootOnly() {
    SignedNote good = note(HEAD, Samples.LOG, Samples.LOG_SECRET);
    assertThat(proof(good).proves(LEAF, Samples.LOG)).isTrue();

    Checkpoint otherRoot = new Checkpoint(HEAD.origin(), 1, Hash.ZERO);
    Checkpoint otherSize = new Checkpoint(HEAD.origin(), 2, ROOT);
    Checkpoint emptyTree = new Checkpoint(HEAD.origin(), 0, ROOT);
    Checkpoint otherOrigin = new Checkpoint("example.com/other", 1, ROOT);
    for (Checkpoint wrong : List.of(otherRoot, otherSize, emptyTree, otherOrigin)) {
      // the signature of the right one under another text
      SignedNote moved = new SignedNote(wrong.text(), good.signatures());
      assertThat(moved.isSignedBy(Samples.LOG)).isFalse();
      assertThat(proof(moved).proves(LEAF, Samples.LOG)).isFalse();
      // a log that lies: rightly signed, wrong content
      assertThat(proof(note(wrong, Samples.LOG, Samples.LOG_SECRET)).proves(LEAF, Samples.LOG))
          .isFalse();
    }
  }

  @Test
  void aCosignatureIsItsCosignersOnly() {
    NoteKey impostor =
        new NoteKey(Samples.WITNESS.name(), NoteKey.Type.COSIGNER, Samples.ed25519(3).publicKey());
    SignedNote.Signature forged =
        SignedNote.cosign(HEAD.text(), impostor, Samples.ed25519(3), 1_700_000_000);
    // the impostor's signature under the witness's own key id
    byte[] blob = forged.blob().bytes();
    System.arraycopy(Samples.WITNESS.id(), 0, blob, 0, 4);
    SignedNote.Signature renamed =
        new SignedNote.Signature(Samples.WITNESS.name(), Content.of(blob));

    for (SignedNote.Signature wrong : List.of(forged, renamed)) {
      SignedNote note = note(HEAD, Samples.LOG, Samples.LOG_SECRET).with(wrong);
      assertThat(note.cosignedAt(Samples.WITNESS)).isEmpty();
      assertThat(note.isSignedBy(Samples.LOG)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 63, 64, 65, 72, 73})
  void cosignaturesOfZerosOrOfAnotherLengthAreNone(int length) {
    byte[] blob = new byte[4 + length];
    for (NoteKey key : List.of(Samples.LOG, Samples.WITNESS)) {
      System.arraycopy(key.id(), 0, blob, 0, 4);
      SignedNote note =
          new SignedNote(
              HEAD.text(), List.of(new SignedNote.Signature(key.name(), Content.of(blob))));
      assertThat(note.isSignedBy(key)).isFalse();
      assertThat(note.cosignedAt(key)).isEmpty();
    }
  }

  @Test
  void aCosignatureBeforeItsEpochIsNone() {
    for (long time : new long[] {0, -1, Long.MIN_VALUE}) {
      SignedNote note =
          note(HEAD, Samples.LOG, Samples.LOG_SECRET)
              .with(SignedNote.cosign(HEAD.text(), Samples.WITNESS, Samples.WITNESS_SECRET, time));
      assertThat(note.cosignedAt(Samples.WITNESS)).isEmpty();
    }
  }

  @Test
  void notesOfManySignaturesOrWithControlCharactersAreRefused() {
    String line = "\u2014 name AAAAAAA=\n";
    assertThat(Strictness.refusal(() -> SignedNote.parse("text\n\n" + line.repeat(1_000))))
        .isEqualTo("a note of 1000 signatures");
    assertThat(Strictness.refusal(() -> SignedNote.parse("text\n\n" + line.repeat(100_000))))
        .isEqualTo("not a note: too long, or control characters in it");
    for (char control : new char[] {0, '\r', '\t', 0x1B, 0x1F, 0x7F}) {
      assertThat(Strictness.refusal(() -> SignedNote.parse("te" + control + "xt\n\n" + line)))
          .isEqualTo("not a note: too long, or control characters in it");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"na me", "na+me", "na\u00a0me", "na\u2028me", "na\u0085me", ""})
  void keyNamesWithSpacesOrPlusAreRefused(String name) {
    assertThat(Strictness.refusal(() -> SignedNote.parse("t\n\n\u2014 " + name + " AAAAAAA=\n")))
        .matches("a signature line is a name and base64|not a note: .*");
  }

  @Test
  void aProofWithoutAnIndexOrWithTooManyHashesIsRefused() {
    String note = note(HEAD, Samples.LOG, Samples.LOG_SECRET).format();
    String header = "c2sp.org/tlog-proof@v1\n";
    String hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    assertThat(Strictness.refusal(() -> TlogProof.parse(header + "\n" + note)))
        .isEqualTo("not a tlog-proof@v1");
    assertThat(
            Strictness.refusal(
                () -> TlogProof.parse(header + "index 0\n" + hash.repeat(64) + "\n" + note)))
        .isEqualTo("a tlog-proof names an index and at most 63 hashes");
    assertThat(Strictness.refusal(() -> TlogProof.parse(header + "index -1\n\n" + note)))
        .isEqualTo("not a canonical decimal: -1");
  }

  @Test
  void verifyingAProofOfAnyShapeThrowsNothing() {
    List<Hash> hashes = new ArrayList<>();
    for (int length = 0; length < 130; length++) {
      for (long size : new long[] {0, 1, 2, 255, 1L << 40, Long.MAX_VALUE}) {
        for (long index : new long[] {Long.MIN_VALUE, -1, 0, size - 1, size, Long.MAX_VALUE}) {
          assertThat(MerkleTree.verifyInclusion(Hash.ZERO, index, size, hashes, ROOT)).isFalse();
          assertThat(MerkleTree.verifyConsistency(index, Hash.ZERO, size, hashes, ROOT)).isFalse();
        }
      }
      hashes.add(Hash.ZERO);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/0/../000",
        "tile/../../etc/passwd",
        "tile/0/%2e%2e/000",
        "tile/%2e%2e/%2e%2e/checkpoint",
        "tile/0/..%2f000",
        "tile/0/\u2025/000",
        "tile/0/\uff0e\uff0e/000",
        "tile/0//000",
        "/tile/0/000",
        "./tile/0/000",
        "tile/./0/000",
        "tile\\0\\000",
        "tile/0/000\u0000",
        "tile/0/000\n",
        "tile/0/000?x",
        "tile/0/000#x",
        "tile/0/000;x",
        "tile/-1/000",
        "tile/0/-01",
        "tile/+0/000",
        "tile/00/000",
        "tile/01/000",
        "tile/64/000",
        "tile/256/000",
        "tile/entries",
        "tile/Entries/000",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/x001",
        "tile/0/x001/",
        "tile/0/x001/x002",
        "tile/0/001/002",
        "tile/0/X001/002",
        "tile/0/x01/002",
        "tile/0/x0001/002",
        "tile/0/x001x002/003",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/000.p/0",
        "tile/0/000.p/00",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/-1",
        "tile/0/000.p/",
        "tile/0/000.p",
        "tile/0/000.P/1",
        "tile/0/000.p/1/2",
        "tile/0/000.p/1.p/1",
        "tile/0/\u0660\u0660\u0660",
      })
  void noOtherSpellingNamesATile(String path) {
    assertThat(TilePath.parse(path)).isEmpty();
  }

  @Test
  void overlongTileNamesAreRefusedAtOnce() {
    String path = "tile/0/" + "x001/".repeat(2_000_000) + "000";
    assertThat(
            Strictness.refusal(
                () -> TilePath.parse(path).orElseThrow(() -> new MalformedException("no tile"))))
        .isEqualTo("no tile");
  }

  private static TlogProof proof(SignedNote checkpoint) {
    return new TlogProof(0, List.of(), checkpoint);
  }

  private static SignedNote note(Checkpoint head, NoteKey key, PrivateKey secret) {
    return SignedNote.signedBy(head.text(), key, secret);
  }
}
