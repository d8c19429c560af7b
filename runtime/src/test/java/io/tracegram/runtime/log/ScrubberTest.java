package io.tracegram.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrubberTest {
  private final Path directory;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  ScrubberTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void tellsOfALeafThatChangedOnTheDiskAndMendsALostTile() throws Exception {
    try (EvidenceLog log = EvidenceLog.open(directory)) {
      log.append(LogFixture.leaves(600, 1));
      log.publish(LogFixture.checkpoint(log));
      Path lost = directory.resolve("tile/0/001");
      byte[] tile = Files.readAllBytes(lost);
      Files.delete(lost);
      flip(directory.resolve("segments/000000000000.seg"), SegmentFile.HEADER + 9);

      try (Scrubber scrubber = new Scrubber(log, told::add)) {
        scrubber.start();
        assertThat(told.poll(10, TimeUnit.SECONDS))
            .contains("000000000000.seg", "leaf 0", "restore this file");
        while (!Files.exists(lost)) {
          Thread.onSpinWait();
        }
      }
      assertThat(Files.readAllBytes(lost)).isEqualTo(tile);
      assertThat(told).isEmpty();
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
