package io.tracegram.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes in a segment file open as a log whose every leaf can be read and which takes another,
 * or are refused as damage.
 */
class SegmentFuzzTest {
  private static final int CAPACITY = 512;

  static Stream<byte[]> seeds() throws IOException {
    byte[] whole = segment();
    byte[] torn = whole.clone();
    Arrays.fill(torn, 60, CAPACITY, (byte) 0);
    byte[] damaged = whole.clone();
    damaged[40] ^= 1;
    byte[] otherLog = whole.clone();
    otherLog[15] = 7;
    return Stream.of(whole, torn, damaged, otherLog, Arrays.copyOf(whole, 20), new byte[CAPACITY]);
  }

  @MethodSource("seeds")
  @FuzzTest
  void opensOrIsRefusedAsDamaged(byte[] input) throws IOException {
    Path directory = Files.createTempDirectory("segment");
    try {
      Files.write(directory.resolve(SegmentFile.name(0)), input);
      List<byte[]> leaves = new ArrayList<>();
      try (Segments log = open(directory)) {
        for (long leaf = 0; leaf < log.size(); leaf++) {
          leaves.add(log.read(leaf));
        }
        assertThat(log.append(List.of(new byte[] {1, 2, 3}))).isEqualTo(leaves.size());
      } catch (LogDamagedException e) {
        assertThat(e.getMessage()).contains("restore");
        return;
      }
      try (Segments again = open(directory)) {
        assertThat(again.size()).isEqualTo(leaves.size() + 1);
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
          assertThat(again.read(leaf)).isEqualTo(leaves.get(leaf));
        }
      }
    } finally {
      delete(directory);
    }
  }

  private static Segments open(Path directory) throws IOException {
    return Segments.open(directory, CAPACITY, SegmentChannel::open, () -> 42);
  }

  private static byte[] segment() throws IOException {
    Path directory = Files.createTempDirectory("segment");
    try {
      try (Segments log = open(directory)) {
        log.append(List.of(new byte[] {1, 2, 3}, new byte[] {4}));
        log.append(List.of(new byte[100]));
      }
      return Files.readAllBytes(directory.resolve(SegmentFile.name(0)));
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(directory);
  }
}
