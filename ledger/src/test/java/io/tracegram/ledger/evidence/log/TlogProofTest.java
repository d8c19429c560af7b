package io.tracegram.ledger.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A self-contained proof binds exactly one entry to a log. */
class TlogProofTest {
  private static final int SIZE = 11;
  private static final PrivateKey SECRET = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  private static final NoteKey LOG =
      new NoteKey("plant.example/a", NoteKey.Type.LOG, SECRET.publicKey());
  private static final List<byte[]> ENTRIES =
      IntStream.range(0, SIZE).mapToObj(i -> new byte[] {(byte) i}).toList();

  @Test
  void provesEachEntryAndNoOther() {
    for (int index = 0; index < SIZE; index++) {
      TlogProof proof = TlogProof.parse(proof(index).format());
      assertThat(proof).isEqualTo(proof(index));
      for (int entry = 0; entry < SIZE; entry++) {
        assertThat(proof.proves(ENTRIES.get(entry), LOG)).isEqualTo(entry == index);
      }
    }
  }

  @Test
  void needsTheLogsOwnSignatureAndOrigin() {
    PrivateKey other = PrivateKey.of(Algorithm.ED25519, Hash.sha256().bytes());
    NoteKey otherKey = new NoteKey(LOG.name(), NoteKey.Type.LOG, other.publicKey());
    NoteKey otherName = new NoteKey("plant.example/b", NoteKey.Type.LOG, SECRET.publicKey());
    assertThat(proof(3).proves(ENTRIES.get(3), otherKey)).isFalse();
    assertThat(proof(3).proves(ENTRIES.get(3), otherName)).isFalse();
  }

  @Test
  void refusesWhatIsNoProof() {
    String good = proof(3).format();
    assertThatThrownBy(() -> TlogProof.parse("")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> TlogProof.parse(good.replace("@v1", "@v2")))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> TlogProof.parse(good.replace("index 3", "index 03")))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> TlogProof.parse(good.replace("index 3", "extra AAAA\nindex 3")))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> TlogProof.parse(good.replace("index 3", "index 3\nAAAA")))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void answersNoForACheckpointThatIsNone() {
    SignedNote noCheckpoint = SignedNote.signedBy("hello\n", LOG, SECRET);
    assertThat(new TlogProof(0, List.of(), noCheckpoint).proves(ENTRIES.get(0), LOG)).isFalse();
  }

  private static TlogProof proof(int index) {
    MerkleTree.Nodes nodes = (level, at) -> root((int) (at << level), (int) ((at + 1) << level));
    Checkpoint checkpoint = new Checkpoint(LOG.name(), SIZE, MerkleTree.root(nodes, 0, SIZE));
    return new TlogProof(
        index,
        MerkleTree.inclusionProof(nodes, index, SIZE),
        SignedNote.signedBy(checkpoint.text(), LOG, SECRET));
  }

  private static Hash root(int start, int end) {
    Frontier frontier = new Frontier();
    ENTRIES.subList(start, end).forEach(entry -> frontier.append(MerkleTree.leafHash(entry)));
    return frontier.root();
  }
}
