package io.tracegram.ledger.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Vectors;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A log made by Go's sumdb packages is made again, byte for byte; see {@code SOURCE.md} there. */
class ForeignLogTest {
  private static final String LOG = "golang-sumdb/";
  private static final int SIZE = 600;
  private static final List<byte[]> ENTRIES =
      java.util.stream.IntStream.range(0, SIZE).mapToObj(ForeignLogTest::entry).toList();
  private static final List<Hash> LEAVES = ENTRIES.stream().map(MerkleTree::leafHash).toList();

  record Proof(long first, long size, List<Hash> hashes) {}

  static Stream<Proof> inclusionProofs() {
    return Vectors.lines(LOG + "inclusion.txt").stream()
        .map(line -> line.split(" ", -1))
        .map(
            words ->
                new Proof(Long.parseLong(words[0]), Long.parseLong(words[1]), hashes(words, 2)));
  }

  static Stream<Proof> consistencyProofs() {
    return Vectors.lines(LOG + "consistency.txt").stream()
        .map(line -> line.split(" ", -1))
        .map(
            words ->
                new Proof(Long.parseLong(words[0]), Long.parseLong(words[1]), hashes(words, 2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"})
  void makesTheSameEntryBundles(String path) {
    TilePath bundle = TilePath.parse(path).orElseThrow();
    int first = (int) bundle.index() * TilePath.FULL;
    List<byte[]> entries = ENTRIES.subList(first, first + bundle.width());

    assertThat(EntryBundle.encode(entries)).isEqualTo(Vectors.bytes(LOG + path));
    assertThat(EntryBundle.decode(Vectors.bytes(LOG + path), bundle.width()))
        .containsExactlyElementsOf(entries);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"})
  void makesTheSameTiles(String path) {
    TilePath tile = TilePath.parse(path).orElseThrow();
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    for (int i = 0; i < tile.width(); i++) {
      hashes.writeBytes(node(8 * tile.level(), tile.index() * TilePath.FULL + i).bytes());
    }
    assertThat(hashes.toByteArray()).isEqualTo(Vectors.bytes(LOG + path));
  }

  @Test
  void findsTheSameRoots() {
    for (String line : Vectors.lines(LOG + "roots.txt")) {
      String[] words = line.split(" ", -1);
      assertThat(root(Long.parseLong(words[0]))).hasToString(words[1]);
    }
  }

  @Test
  void signsTheSameCheckpointAndVerifiesIt() {
    PrivateKey secret = Samples.ed25519(7);
    NoteKey key = new NoteKey("example.com/plant-a", NoteKey.Type.LOG, secret.publicKey());
    PrivateKey otherSecret = Samples.ed25519(8);
    NoteKey other = new NoteKey("example.com/elsewhere", NoteKey.Type.LOG, otherSecret.publicKey());
    Checkpoint head = new Checkpoint(key.name(), SIZE, root(SIZE));

    SignedNote ours =
        SignedNote.signedBy(head.text(), key, secret)
            .with(SignedNote.signedBy(head.text(), other, otherSecret).signatures().getFirst());

    assertThat(ours.format()).isEqualTo(Vectors.text(LOG + "checkpoint"));
    assertThat(Vectors.lines(LOG + "vkey")).containsExactly(key.vkey(), other.vkey());
    SignedNote theirs = SignedNote.parse(Vectors.text(LOG + "checkpoint"));
    assertThat(theirs.isSignedBy(key)).isTrue();
    assertThat(theirs.isSignedBy(other)).isTrue();
    assertThat(Checkpoint.parse(theirs.text())).isEqualTo(head);
  }

  @ParameterizedTest
  @MethodSource("inclusionProofs")
  void givesAndAcceptsTheSameInclusionProof(Proof proof) {
    Hash leaf = LEAVES.get((int) proof.first());
    Hash root = root(proof.size());

    assertThat(MerkleTree.inclusionProof(ForeignLogTest::node, proof.first(), proof.size()))
        .isEqualTo(proof.hashes());
    assertThat(MerkleTree.verifyInclusion(leaf, proof.first(), proof.size(), proof.hashes(), root))
        .isTrue();
    for (List<Hash> mangled : mangled(proof.hashes())) {
      assertThat(MerkleTree.verifyInclusion(leaf, proof.first(), proof.size(), mangled, root))
          .isFalse();
    }
    assertThat(
            MerkleTree.verifyInclusion(
                leaf, proof.first(), proof.size(), proof.hashes(), another(root)))
        .isFalse();
    assertThat(
            MerkleTree.verifyInclusion(
                another(leaf), proof.first(), proof.size(), proof.hashes(), root))
        .isFalse();
    assertThat(
            MerkleTree.verifyInclusion(leaf, proof.first() ^ 1, proof.size(), proof.hashes(), root))
        .as("neighbour's index")
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("consistencyProofs")
  void givesAndAcceptsTheSameConsistencyProof(Proof vector) {
    Hash oldRoot = vector.hashes().getFirst();
    List<Hash> proof = vector.hashes().subList(1, vector.hashes().size());
    long old = vector.first();
    Hash root = root(vector.size());

    assertThat(root(old)).isEqualTo(oldRoot);
    assertThat(MerkleTree.consistencyProof(ForeignLogTest::node, old, vector.size()))
        .isEqualTo(proof);
    assertThat(MerkleTree.verifyConsistency(old, oldRoot, vector.size(), proof, root)).isTrue();
    for (List<Hash> mangled : mangled(proof)) {
      assertThat(MerkleTree.verifyConsistency(old, oldRoot, vector.size(), mangled, root))
          .isFalse();
    }
    assertThat(MerkleTree.verifyConsistency(old, another(oldRoot), vector.size(), proof, root))
        .isFalse();
    assertThat(MerkleTree.verifyConsistency(old, oldRoot, vector.size(), proof, another(root)))
        .isFalse();
    assertThat(MerkleTree.verifyConsistency(old, oldRoot, old - 1, proof, root))
        .as("a smaller tree")
        .isFalse();
  }

  /** Every proof that differs in one hash, lacks one, repeats one, or has one more. */
  private static List<List<Hash>> mangled(List<Hash> proof) {
    List<List<Hash>> all = new ArrayList<>();
    for (int i = 0; i < proof.size(); i++) {
      List<Hash> changed = new ArrayList<>(proof);
      changed.set(i, another(proof.get(i)));
      all.add(changed);
      List<Hash> shorter = new ArrayList<>(proof);
      shorter.remove(i);
      all.add(shorter);
      List<Hash> longer = new ArrayList<>(proof);
      longer.add(i, proof.get(i));
      all.add(longer);
    }
    List<Hash> appended = new ArrayList<>(proof);
    appended.add(Hash.ZERO);
    all.add(appended);
    return all;
  }

  private static Hash another(Hash hash) {
    byte[] bytes = hash.bytes();
    bytes[31] ^= 1;
    return Hash.of(bytes);
  }

  private static Hash root(long size) {
    return MerkleTree.root(ForeignLogTest::node, 0, size);
  }

  private static Hash node(int level, long index) {
    return level == 0
        ? LEAVES.get((int) index)
        : MerkleTree.nodeHash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
  }

  private static byte[] entry(int index) {
    byte[] first = Hash.sha256(("entry " + index).getBytes(StandardCharsets.US_ASCII)).bytes();
    byte[] both = Arrays.copyOf(first, 64);
    System.arraycopy(Hash.sha256(first).bytes(), 0, both, 32, 32);
    return Arrays.copyOf(both, index % 64);
  }

  private static List<Hash> hashes(String[] words, int from) {
    return Arrays.stream(words, from, words.length)
        .map(hex -> Hash.of(HexFormat.of().parseHex(hex)))
        .toList();
  }
}
