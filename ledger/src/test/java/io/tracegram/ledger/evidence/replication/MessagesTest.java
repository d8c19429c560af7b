package io.tracegram.ledger.evidence.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Content;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of tlog-mirror and tlog-witness: round trips, and what is refused. */
class MessagesTest {
  private static final PrivateKey SECRET = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  private static final NoteKey LOG =
      new NoteKey("plant.example/a", NoteKey.Type.LOG, SECRET.publicKey());
  private static final SignedNote NOTE =
      SignedNote.signedBy(new Checkpoint("plant.example/a", 7, Hash.ZERO).text(), LOG, SECRET);
  private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";

  @Test
  void addCheckpointHasTheFormOfTheSpecification() {
    AddCheckpointRequest request =
        new AddCheckpointRequest(3, List.of(Hash.ZERO, Hash.sha256()), NOTE);
    assertThat(request.format())
        .isEqualTo(
            "old 3\n" + HASH + "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" + NOTE.format());
    assertThat(AddCheckpointRequest.parse(request.format())).isEqualTo(request);
    AddCheckpointRequest first = new AddCheckpointRequest(0, List.of(), NOTE);
    assertThat(AddCheckpointRequest.parse(first.format())).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "old 3\n",
        "old 3\n\n",
        "old 03\n\n",
        "old -1\n\n",
        "new 3\n\n",
        "old 3\n\n\n"
      })
  void refusesWhatIsNoAddCheckpoint(String head) {
    assertThatThrownBy(() -> AddCheckpointRequest.parse(head + "x"))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesMoreThan63Hashes() {
    String body = "old 3\n" + HASH.repeat(63) + "\n" + NOTE.format();
    assertThat(AddCheckpointRequest.parse(body).proof()).hasSize(63);
    assertThatThrownBy(() -> AddCheckpointRequest.parse(body.replaceFirst(HASH, HASH + HASH)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void sizesAndMirrorInfoAreReadBack() {
    assertThat(TreeSize.format(20_852_163)).isEqualTo("20852163\n");
    assertThat(TreeSize.parse("20852163\n")).isEqualTo(20_852_163);
    MirrorInfo info = new MirrorInfo(512, 300, Content.of(new byte[] {1, 2}));
    assertThat(info.format()).isEqualTo("512\n300\nAQI=\n");
    assertThat(MirrorInfo.parse(info.format())).isEqualTo(info);
    assertThat(MirrorInfo.parse("512\n300\n\n").ticket().length()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "05\n", "5\n5\n", "-5\n", "five\n"})
  void refusesWhatIsNoSize(String body) {
    assertThatThrownBy(() -> TreeSize.parse(body)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5\n5\n", "5\n5\n\n\n", "5\n05\n\n", "5\n5\n*\n", "5\n5\n"})
  void refusesWhatIsNoMirrorInfo(String body) {
    assertThatThrownBy(() -> MirrorInfo.parse(body)).isInstanceOf(MalformedException.class);
  }

  @Test
  void packagesAreAlignedAt256() {
    assertThat(PackageRange.of(0, 0, 32)).isEmpty();
    assertThat(PackageRange.of(5, 5, 32)).isEmpty();
    assertThat(PackageRange.of(0, 256, 32)).containsExactly(new PackageRange(0, 0, 256));
    assertThat(PackageRange.of(300, 800, 32))
        .containsExactly(
            new PackageRange(256, 300, 512),
            new PackageRange(512, 512, 768),
            new PackageRange(768, 768, 800));
    assertThat(PackageRange.of(0, 100_000, 32)).hasSize(32);
  }

  @Test
  void readsHeadAndPackagesFromAStreamCutAnywhere() {
    AddEntriesHeader header =
        new AddEntriesHeader("plant.example/ä", 1, 3, Content.of(new byte[] {9}));
    EntryPackage entries =
        new EntryPackage(
            List.of(new byte[0], new byte[] {1, 2, 3}), List.of(Hash.sha256(), Hash.ZERO));
    byte[] stream = concatenated(header.encoded(), entries.encoded());
    for (int cut = 0; cut <= stream.length; cut++) {
      ByteBuffer in = ByteBuffer.wrap(stream, 0, cut);
      if (cut < header.length()) {
        assertThat(AddEntriesHeader.read(in)).isEmpty();
        assertThat(in.position()).isZero();
        continue;
      }
      assertThat(AddEntriesHeader.read(in)).contains(header);
      assertThat(in.position()).isEqualTo(header.length());
      var read = EntryPackage.read(in, 2);
      if (cut < stream.length) {
        assertThat(read).isEmpty();
        assertThat(in.position()).isEqualTo(header.length());
      } else {
        assertThat(read.orElseThrow().entries()).containsExactlyElementsOf(entries.entries());
        assertThat(read.orElseThrow().proof()).isEqualTo(entries.proof());
        assertThat(in.hasRemaining()).isFalse();
      }
    }
  }

  @Test
  void refusesHeadsAndPackagesBeyondTheirBounds() {
    assertThatThrownBy(() -> AddEntriesHeader.read(ByteBuffer.wrap(new byte[] {0, 0})))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> AddEntriesHeader.read(ByteBuffer.wrap(new byte[] {1, 0})))
        .isInstanceOf(MalformedException.class);
    byte[] backwards = new AddEntriesHeader("a", 2, 2, Content.of(new byte[0])).encoded();
    backwards[10] = 3;
    assertThatThrownBy(() -> AddEntriesHeader.read(ByteBuffer.wrap(backwards)))
        .isInstanceOf(MalformedException.class);
    byte[] negative = new AddEntriesHeader("a", 0, 2, Content.of(new byte[0])).encoded();
    negative[3] = (byte) 0x80;
    assertThatThrownBy(() -> AddEntriesHeader.read(ByteBuffer.wrap(negative)))
        .isInstanceOf(MalformedException.class);
    byte[] manyHashes = {0, 0, 64};
    assertThatThrownBy(() -> EntryPackage.read(ByteBuffer.wrap(manyHashes), 1))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> new EntryPackage(List.of(), Collections.nCopies(64, Hash.ZERO)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
