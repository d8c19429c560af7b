package io.tracegram.runtime.log;

import static io.tracegram.runtime.log.LogFixture.checkpoint;
import static io.tracegram.runtime.log.LogFixture.leaves;
import static io.tracegram.runtime.log.LogFixture.naiveRoot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.EntryBundle;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.TilePath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceLogTest {
  private static final long SMALL = 16_384;

  private final Path directory;

  EvidenceLogTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void reopensWithTheSameLeavesAndRootWhateverTheGroups() throws IOException {
    for (int seed = 1; seed <= 20; seed++) {
      Path home = directory.resolve("log" + seed);
      Random random = new Random(seed);
      List<byte[]> all = leaves(random.nextInt(700), seed);
      try (EvidenceLog log = EvidenceLog.open(home, SMALL)) {
        for (int from = 0; from < all.size(); ) {
          int to = Math.min(all.size(), from + 1 + random.nextInt(90));
          assertThat(log.append(all.subList(from, to))).isEqualTo(from);
          from = to;
        }
      }

      try (EvidenceLog log = EvidenceLog.open(home, SMALL)) {
        assertThat(log.size()).isEqualTo(all.size());
        assertThat(log.root()).as("seed %d", seed).isEqualTo(naiveRoot(all));
        for (int i = 0; i < all.size(); i++) {
          assertThat(log.leaf(i)).isEqualTo(all.get(i));
        }
      }
    }
  }

  @Test
  void provesEveryLeafByItsNodes() throws IOException {
    List<byte[]> all = leaves(600, 3);
    try (EvidenceLog log = EvidenceLog.open(directory)) {
      log.append(all);
      for (int size : new int[] {1, 255, 256, 257, 513, 600}) {
        Hash root = naiveRoot(all.subList(0, size));
        assertThat(log.root(size)).isEqualTo(root);
        int index = size * 2 / 3;
        assertThat(
                MerkleTree.verifyInclusion(
                    LogFixture.leafHash(all.get(index)),
                    index,
                    size,
                    MerkleTree.inclusionProof(log.nodes(), index, size),
                    root))
            .isTrue();
      }
    }
  }

  @Test
  void dropsATornLastRecordWhereverItWasCut() throws IOException {
    List<byte[]> all = leaves(5, 7);
    try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
      all.forEach(leaf -> log.append(List.of(leaf)));
    }
    Path segment = directory.resolve("segments/000000000000.seg");
    byte[] whole = Files.readAllBytes(segment);
    int last =
        SegmentFile.HEADER + all.subList(0, 4).stream().mapToInt(leaf -> leaf.length + 8).sum();
    int end = last + 8 + all.get(4).length;

    for (int cut = last; cut < end; cut++) {
      byte[] torn = whole.clone();
      Arrays.fill(torn, cut, end, (byte) 0);
      Files.write(segment, torn);
      boolean stillWhole = Arrays.equals(torn, whole); // the cut bytes were zeros
      try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
        assertThat(log.size()).as("cut at %d", cut).isEqualTo(stillWhole ? 5 : 4);
        assertThat(log.root()).isEqualTo(naiveRoot(all.subList(0, stillWhole ? 5 : 4)));
        if (!stillWhole) {
          assertThat(log.append(List.of(all.get(4)))).isEqualTo(4);
        }
      }
      assertThat(Files.readAllBytes(segment)).as("mended after %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void neverRevivesTheRestOfATornGroup() throws IOException {
    List<byte[]> all = leaves(3, 9);
    try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
      log.append(all);
    }
    // the first page of the group never reached the disk, the rest did
    flip(directory.resolve("segments/000000000000.seg"), SegmentFile.HEADER + 8);

    try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
      assertThat(log.size()).isZero();
      log.append(List.of(all.get(0)));
    }
    try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
      assertThat(log.size()).isEqualTo(1);
    }
  }

  @Test
  void refusesToOpenWhenARecordBeforeTheTailIsDamaged() throws IOException {
    List<byte[]> all = leaves(5, 7);
    try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
      all.forEach(leaf -> log.append(List.of(leaf)));
    }
    Path segment = directory.resolve("segments/000000000000.seg");
    int second = SegmentFile.HEADER + 8 + all.get(0).length;
    for (int damage : new int[] {second, second + 2, second + 5, second + 8}) {
      byte[] before = Files.readAllBytes(segment);
      flip(segment, damage);
      byte[] damaged = Files.readAllBytes(segment);

      assertThatThrownBy(() -> EvidenceLog.open(directory, SMALL))
          .as("byte %d", damage)
          .isInstanceOf(LogDamagedException.class)
          .hasMessageContaining("000000000000.seg")
          .hasMessageContaining("offset " + second);
      assertThat(Files.readAllBytes(segment)).as("left as evidence").isEqualTo(damaged);
      Files.write(segment, before);
    }
  }

  @Test
  void refusesToOpenWhenASegmentIsMissing() throws IOException {
    try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
      leaves(300, 1).forEach(leaf -> log.append(List.of(leaf)));
    }
    Files.delete(segments().get(1));

    assertThatThrownBy(() -> EvidenceLog.open(directory, SMALL))
        .isInstanceOf(LogDamagedException.class)
        .hasMessageContaining("a file is missing or damaged");
  }

  @Test
  void acknowledgesNothingAfterAFailedForce() throws IOException {
    FailingDisk disk = new FailingDisk();
    List<byte[]> all = leaves(3, 5);
    try (EvidenceLog log = EvidenceLog.open(directory, SMALL, disk)) {
      log.append(all.subList(0, 1));
      int forces = disk.forces;
      disk.failForces = true;
      assertThatThrownBy(() -> log.append(all.subList(1, 2)))
          .isInstanceOf(LogFailedException.class)
          .hasRootCauseMessage("Input/output error");
      disk.failForces = false;

      assertThatThrownBy(() -> log.append(all.subList(1, 2)))
          .isInstanceOf(LogFailedException.class);
      assertThatThrownBy(() -> log.leaf(0)).isInstanceOf(LogFailedException.class);
      assertThat(disk.forces).as("never tried again").isEqualTo(forces);
      assertThat(log.size()).isEqualTo(1);
    }
    try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
      assertThat(log.leaf(0)).isEqualTo(all.get(0));
    }
  }

  @Test
  void acknowledgesNothingAfterAFailedWrite() throws IOException {
    FailingDisk disk = new FailingDisk();
    List<byte[]> all = leaves(2, 5);
    try (EvidenceLog log = EvidenceLog.open(directory, SMALL, disk)) {
      disk.failWrites = true;
      assertThatThrownBy(() -> log.append(all)).isInstanceOf(LogFailedException.class);
      disk.failWrites = false;
      assertThatThrownBy(() -> log.append(all)).isInstanceOf(LogFailedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537})
  void writesTilesAsTheSpecificationHasThem(int size) throws IOException {
    List<byte[]> all = leaves(size, size);
    try (EvidenceLog log = EvidenceLog.open(directory)) {
      log.append(all);
      log.publish(checkpoint(log));
      assertThat(log.root()).isEqualTo(naiveRoot(all));
    }

    List<String> expected = new ArrayList<>();
    for (int level = 0, count = size; count > 0; level++, count /= 256) {
      for (int tile = 0; tile * 256 < count; tile++) {
        int width = Math.min(256, count - tile * 256);
        TilePath path = new TilePath(level, tile, width);
        expected.add(path.toString());
        if (tile % 64 == 0 || tile * 256 + width == count) {
          assertThat(Files.readAllBytes(directory.resolve(path.toString())))
              .as(path.toString())
              .isEqualTo(naiveTile(all, path));
        }
        if (level == 0) {
          TilePath bundle = new TilePath(TilePath.ENTRIES, tile, width);
          expected.add(bundle.toString());
          assertThat(Files.readAllBytes(directory.resolve(bundle.toString())))
              .isEqualTo(EntryBundle.encode(all.subList(tile * 256, tile * 256 + width)));
        }
      }
    }
    assertThat(tiles()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static byte[] naiveTile(List<byte[]> all, TilePath path) {
    int leavesPerHash = 1 << (8 * path.level());
    byte[] tile = new byte[path.width() * 32];
    for (int i = 0; i < path.width(); i++) {
      int from = (int) (path.index() * 256 + i) * leavesPerHash;
      Hash hash = naiveRoot(all.subList(from, from + leavesPerHash));
      System.arraycopy(hash.bytes(), 0, tile, i * 32, 32);
    }
    return tile;
  }

  @Test
  void keepsOnlyThePartialTilesOfThePublishedCheckpoint() throws IOException {
    List<byte[]> all = leaves(300, 1);
    try (EvidenceLog log = EvidenceLog.open(directory)) {
      for (int at = 0; at < 300; at += 50) {
        log.append(all.subList(at, at + 50));
        log.publish(checkpoint(log));
      }
      assertThat(log.tile(new TilePath(0, 1, 44))).isPresent();
      assertThat(log.tile(new TilePath(0, 1, 45))).isEmpty();
      assertThat(log.tile(new TilePath(0, 999_999_999_999_999_999L, 256))).isEmpty();
      assertThat(log.tile(new TilePath(63, 0, 1))).isEmpty();
    }
    assertThat(tiles())
        .containsExactlyInAnyOrder(
            "tile/0/000",
            "tile/0/001.p/44",
            "tile/1/000.p/1",
            "tile/entries/000",
            "tile/entries/001.p/44");
  }

  @Test
  void mendsTilesThatDisagreeWithTheSegments() throws IOException {
    List<byte[]> all = leaves(300, 1);
    try (EvidenceLog log = EvidenceLog.open(directory)) {
      log.append(all);
      log.publish(checkpoint(log));
    }
    byte[] tile = Files.readAllBytes(directory.resolve("tile/0/000"));
    flip(directory.resolve("tile/0/000"), 4_000);
    Files.delete(directory.resolve("tile/entries/000"));

    try (EvidenceLog log = EvidenceLog.open(directory)) {
      assertThat(log.publishedSize()).isEqualTo(300);
    }
    assertThat(Files.readAllBytes(directory.resolve("tile/0/000"))).isEqualTo(tile);
    assertThat(Files.readAllBytes(directory.resolve("tile/entries/000")))
        .isEqualTo(EntryBundle.encode(all.subList(0, 256)));
  }

  @Test
  void refusesToOpenUnderACheckpointThatItsLeavesDoNotGive() throws IOException {
    List<byte[]> all = leaves(10, 1);
    try (EvidenceLog log = EvidenceLog.open(directory)) {
      log.append(all);
      log.publish(checkpoint(log));
    }
    Path stored = directory.resolve("checkpoint");

    Files.writeString(stored, checkpoint(10, Hash.ZERO).format());
    assertThatThrownBy(() -> EvidenceLog.open(directory))
        .isInstanceOf(LogDamagedException.class)
        .hasMessageContaining("a leaf was changed");

    Files.writeString(stored, checkpoint(11, Hash.ZERO).format());
    assertThatThrownBy(() -> EvidenceLog.open(directory))
        .isInstanceOf(LogDamagedException.class)
        .hasMessageContaining("leaves were lost");
  }

  @Test
  void publishesOnlyItsOwnRootsAndNeverGoesBack() throws IOException {
    try (EvidenceLog log = EvidenceLog.open(directory)) {
      log.append(leaves(10, 1));
      log.publish(checkpoint(8, log.root(8)));

      assertThatThrownBy(() -> log.publish(checkpoint(10, Hash.ZERO)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> log.publish(checkpoint(7, log.root(7))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> log.publish(checkpoint(11, Hash.ZERO)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(log.publishedSize()).isEqualTo(8);
    }
  }

  @Test
  void refusesASecondOwnerOfTheDirectory() throws IOException {
    try (EvidenceLog log = EvidenceLog.open(directory)) {
      assertThat(log.size()).isZero();
      assertThatThrownBy(() -> EvidenceLog.open(directory))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("open");
    }
  }

  @Test
  void opensALongLogByItsTilesAndReadsOnlyItsLastSegment() throws IOException {
    List<byte[]> all = manySegments();
    FailingDisk disk = new FailingDisk();
    try (EvidenceLog log = EvidenceLog.open(directory, SMALL, disk)) {
      assertThat(disk.bytesRead).as("of some 500,000 bytes").isLessThan(8 * SMALL);
      assertThat(log.root()).isEqualTo(naiveRoot(all));
      assertThat(log.size()).isEqualTo(all.size());
      for (int index : new int[] {0, 255, 256, 1_234, all.size() - 1}) {
        assertThat(log.leaf(index)).isEqualTo(all.get(index));
        assertThat(
                MerkleTree.verifyInclusion(
                    LogFixture.leafHash(all.get(index)),
                    index,
                    all.size(),
                    MerkleTree.inclusionProof(log.nodes(), index, all.size()),
                    log.root()))
            .isTrue();
      }
      log.append(leaves(300, 99));
      log.publish(checkpoint(log));
    }
  }

  @Test
  void opensWhateverDerivedFileIsLostOrChanged() throws IOException {
    List<byte[]> all = manySegments();
    List<Path> derived = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains("tile/") || file.toString().endsWith(".idx"))
          .forEach(derived::add);
    }
    Random random = new Random(4);
    for (Path file : derived) {
      byte[] before = Files.readAllBytes(file);
      if (random.nextBoolean()) {
        Files.delete(file);
      } else {
        flip(file, random.nextInt(before.length));
      }
      try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
        assertThat(log.root()).as(file.toString()).isEqualTo(naiveRoot(all));
        for (long tile = 0; tile < all.size() / 256; tile++) {
          log.scrub(tile);
        }
      }
      assertThat(Files.readAllBytes(file)).as(file.toString()).isEqualTo(before);
    }
  }

  @Test
  void namesTheLeafThatChangedInASegmentLongFull() throws IOException {
    manySegments();
    Path segment = segments().get(2);
    flip(segment, SegmentFile.HEADER + SegmentFile.RECORD_HEADER + 3);
    long leaf = Long.parseLong(segment.getFileName().toString().replace(".seg", ""));

    try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
      assertThatThrownBy(() -> log.leaf(leaf))
          .isInstanceOf(LogDamagedException.class)
          .hasMessageContaining("the record of leaf " + leaf);
      assertThatThrownBy(() -> log.scrub(leaf / 256)).isInstanceOf(LogDamagedException.class);
      assertThat(log.leaf(leaf + 1)).isNotEmpty();
    }
  }

  @Test
  void isNotDeceivedByARecordHiddenInATornLeaf() throws IOException {
    byte[] inner = leaves(1, 3).getFirst();
    CRC32C unsalted = new CRC32C();
    unsalted.update(inner);
    byte[] hostile =
        ByteBuffer.allocate(8 + inner.length + 64)
            .putInt(inner.length | SegmentFile.GROUP_START)
            .putInt((int) unsalted.getValue())
            .put(inner)
            .array();
    try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
      log.append(leaves(1, 1));
      log.append(List.of(hostile));
    }
    int second = SegmentFile.HEADER + 8 + leaves(1, 1).getFirst().length;
    flip(directory.resolve("segments/000000000000.seg"), second + 8 + hostile.length - 1);

    try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
      assertThat(log.size()).as("the torn leaf is dropped, nothing is damaged").isEqualTo(1);
    }
  }

  /** Leaves a log of many small segments under a checkpoint. */
  private List<byte[]> manySegments() throws IOException {
    List<byte[]> all = leaves(3_000, 8);
    try (EvidenceLog log = EvidenceLog.open(directory, SMALL)) {
      for (int at = 0; at < all.size(); at += 50) {
        log.append(all.subList(at, at + 50));
      }
      log.publish(checkpoint(log));
    }
    assertThat(segments()).hasSizeGreaterThan(8);
    return all;
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("segments"))) {
      return files.filter(file -> file.toString().endsWith(".seg")).sorted().toList();
    }
  }

  private List<String> tiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("tile"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .toList();
    }
  }

  private static void flip(Path file, long offset) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(offset);
      int value = access.read();
      access.seek(offset);
      access.write(value ^ 0x40);
    }
  }
}
