package io.tracegram.deploy.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.EntryBundle;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.verification.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is changed in an evidence directory is found, and its place is named. */
class TamperTest {
  private static final long LEAVES = 560;
  private static final int SAMPLES = 80;

  private static Path directory;
  private static Path evidence;
  private static List<String> files;

  @BeforeAll
  static void export(@TempDir Path temporary) throws IOException {
    directory = temporary;
    evidence = SampleEvidence.export(directory, LEAVES);
    try (Stream<Path> all = Files.walk(evidence)) {
      files =
          all.filter(Files::isRegularFile)
              .map(file -> evidence.relativize(file).toString())
              .sorted()
              .toList();
    }
  }

  /** Some change to the evidence that is taken back afterwards. */
  private interface Change {
    void make() throws IOException;
  }

  @Test
  void verifiesAsItWasExported() throws IOException {
    VerifyReport report = SampleEvidence.verify(evidence);

    assertThat(report.findings()).isEmpty();
    assertThat(report.size()).isGreaterThanOrEqualTo(LEAVES);
    assertThat(report.cosigners()).containsExactly("auditor", "cloud");
    assertThat(report.notProven()).anyMatch(line -> line.contains("whose keys these are"));
    assertThat(report.notes()).anyMatch(note -> note.startsWith("README.txt"));
  }

  @Test
  void namesTheFileOfAnyFlippedBit() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < SAMPLES; i++) {
      String file = files.get(random.nextInt(files.size()));
      byte[] honest = Files.readAllBytes(evidence.resolve(file));
      int at = random.nextInt(honest.length);
      byte[] changed = honest.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));

      VerifyReport report = changed(file, bytes -> changed);

      assertNamed(report, file, file + " byte " + at);
      if (file.startsWith("tile/entries/")) {
        assertThat(report.findings().getFirst().leaf())
            .as("%s byte %d", file, at)
            .isEqualTo(leafAt(file, honest, at));
      }
    }
  }

  @Test
  void namesTheFileThatWasCutShort() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    for (String file : files) {
      for (int i = 0; i < 2; i++) {
        int length = random.nextInt((int) Files.size(evidence.resolve(file)));
        assertNamed(
            changed(file, bytes -> Arrays.copyOf(bytes, length)), file, file + " to " + length);
      }
    }
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    for (String file : files) {
      byte[] honest = Files.readAllBytes(evidence.resolve(file));
      VerifyReport report = during(() -> Files.delete(evidence.resolve(file)), file, honest);
      if (!file.equals("README.txt")) {
        assertNamed(report, file, "without " + file);
      }
    }
  }

  @Test
  void namesBothOfTwoSwappedFilesOfTheTree() throws IOException {
    List<String> tree = files.stream().filter(file -> file.startsWith("tile/")).toList();
    for (int i = 0; i < tree.size(); i++) {
      for (int j = i + 1; j < tree.size(); j++) {
        String other = tree.get(j);
        byte[] one = Files.readAllBytes(evidence.resolve(tree.get(i)));
        byte[] two = Files.readAllBytes(evidence.resolve(other));
        Files.write(evidence.resolve(other), one);
        try {
          VerifyReport report = changed(tree.get(i), bytes -> two);
          assertNamed(report, tree.get(i), tree.get(i) + " for " + other);
          assertNamed(report, other, other + " for " + tree.get(i));
        } finally {
          Files.write(evidence.resolve(other), two);
        }
      }
    }
  }

  @Test
  void namesTheLeafOfAnEntryThatWasSwappedInsertedOrDropped() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20; i++) {
      int at = random.nextInt(255);
      assertLeaf(
          entries(1, all -> Collections.swap(all, at, at + 1)), 256L + at, "leaf " + (257 + at));
      assertLeaf(entries(1, all -> all.add(at, new byte[] {1, 2, 3})), 256L + at, "other bytes");
      assertLeaf(entries(1, all -> all.remove(at)), 256L + at, "leaf " + (257 + at));
      assertLeaf(entries(1, all -> all.set(at, all.get(255))), 256L + at, "leaf 511");
    }
  }

  @Test
  void namesTheLeafWhenItsTileWasChangedWithIt() throws IOException {
    String bundle = "tile/entries/001";
    byte[] honest = Files.readAllBytes(evidence.resolve(bundle));
    List<byte[]> entries = new ArrayList<>(EntryBundle.decode(honest, TilePath.FULL));
    // the time of receipt is in no signature but the checkpoint's
    entries.get(40)[8] ^= 1;
    byte[] tile = Files.readAllBytes(evidence.resolve("tile/0/001"));
    System.arraycopy(Leaf.hash(entries.get(40)).bytes(), 0, tile, 40 * Hash.LENGTH, Hash.LENGTH);

    VerifyReport report =
        during(
            () -> {
              byte[] before = Files.readAllBytes(evidence.resolve("tile/0/001"));
              Files.write(evidence.resolve(bundle), EntryBundle.encode(entries));
              Files.write(evidence.resolve("tile/0/001"), tile);
              Files.write(directory.resolve("before"), before);
            },
            bundle,
            honest);
    Files.copy(
        directory.resolve("before"),
        evidence.resolve("tile/0/001"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(report.verified()).isFalse();
    assertThat(report.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.leaf()).isEqualTo(256);
              assertThat(finding.file()).contains(bundle);
              assertThat(finding.reason()).contains("leaves 256 to 511", "tile/0/001");
            });
  }

  @Test
  void tellsFilesAmongTheTilesFromFilesBesideThem() throws IOException {
    assertNamed(
        during(() -> Files.writeString(evidence.resolve("tile/notes"), "x")), "tile/notes", "");
    assertNamed(
        during(() -> Files.writeString(evidence.resolve("tile/0/003"), "x")), "tile/0/003", "");

    VerifyReport beside = during(() -> Files.writeString(evidence.resolve("letter.pdf"), "x"));
    assertThat(beside.verified()).isTrue();
    assertThat(beside.notes()).anyMatch(note -> note.startsWith("letter.pdf"));

    VerifyReport key =
        during(() -> Files.writeString(evidence.resolve("keys/other.pub"), "es256:00"));
    assertNamed(key, "keys/other.pub", "");
  }

  @Test
  void saysThatTheReadmeIsNoEvidence() throws IOException {
    VerifyReport report = changed("README.txt", bytes -> new byte[] {'x'});

    assertThat(report.verified()).isTrue();
    assertThat(report.notes()).anyMatch(note -> note.startsWith("README.txt"));
  }

  @Test
  void givesTheSameReportEveryTime() throws IOException {
    List<Finding> once = entries(0, all -> all.remove(100)).findings();
    for (int i = 0; i < 5; i++) {
      assertThat(entries(0, all -> all.remove(100)).findings()).isEqualTo(once);
    }
  }

  private interface Edit {
    void apply(List<byte[]> entries);
  }

  private static VerifyReport entries(int bundle, Edit edit) throws IOException {
    return changed(
        new TilePath(TilePath.ENTRIES, bundle, TilePath.FULL).toString(),
        bytes -> {
          List<byte[]> entries = new ArrayList<>(EntryBundle.decode(bytes, TilePath.FULL));
          edit.apply(entries);
          return EntryBundle.encode(entries);
        });
  }

  private static VerifyReport changed(String file, UnaryOperator<byte[]> change)
      throws IOException {
    byte[] honest = Files.readAllBytes(evidence.resolve(file));
    return during(() -> Files.write(evidence.resolve(file), change.apply(honest)), file, honest);
  }

  private static VerifyReport during(Change change, String file, byte[] honest) throws IOException {
    try {
      change.make();
      return SampleEvidence.verify(evidence);
    } finally {
      Files.write(evidence.resolve(file), honest);
    }
  }

  /** A change that adds a file, which is removed afterwards. */
  private static VerifyReport during(Change change) throws IOException {
    try {
      change.make();
      return SampleEvidence.verify(evidence);
    } finally {
      try (Stream<Path> all = Files.walk(evidence)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          if (!files.contains(evidence.relativize(file).toString())) {
            Files.delete(file);
          }
        }
      }
    }
  }

  private static void assertNamed(VerifyReport report, String file, String change) {
    if (file.equals("README.txt")) {
      assertThat(report.notes()).anyMatch(note -> note.startsWith(file));
      return;
    }
    assertThat(report.verified()).as(change).isFalse();
    assertThat(report.findings())
        .as(change)
        .anyMatch(
            finding ->
                finding.file().equals(Optional.of(file))
                    || (file.equals(Checksums.NAME) && finding.reason().contains(file)));
  }

  private static void assertLeaf(VerifyReport report, long leaf, String reason) {
    assertThat(report.verified()).isFalse();
    assertThat(report.findings().getFirst().leaf()).isEqualTo(leaf);
    assertThat(report.findings().getFirst().file()).contains("tile/entries/001");
    assertThat(report.findings().getFirst().reason()).contains(reason);
  }

  /** Returns the leaf whose length or bytes stand at an offset of a bundle. */
  private static long leafAt(String file, byte[] bundle, int offset) {
    long leaf = TilePath.parse(file).orElseThrow().index() * TilePath.FULL;
    int at = 0;
    while (true) {
      int length = ((bundle[at] & 0xFF) << 8) | (bundle[at + 1] & 0xFF);
      at += 2 + length;
      if (offset < at) {
        return leaf;
      }
      leaf++;
    }
  }
}
