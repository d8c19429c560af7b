package io.tracegram.runtime.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Where the records of one segment stand: it grows with the segment being written, and is mapped
 * from a file beside one that is full.
 *
 * <p>The file is derived and checked by its CRC; layout, big-endian: magic with version (u64), the
 * segment's salt (u64), the offset of each record and of the end (u32 each), CRC-32C (u32).
 *
 * <p>One thread adds; others see what was added once they see the log's size.
 */
final class RecordOffsets {
  private static final long MAGIC = 0x7467_6F66_6673_0001L; // "tgoffs", version 1
  private static final int HEADER = 16;

  /** {@code count + 1} offsets, the last one behind the last record. */
  private IntBuffer offsets;

  private int count;

  RecordOffsets() {
    offsets = IntBuffer.allocate(1 << 10).put(0, SegmentFile.HEADER);
  }

  private RecordOffsets(IntBuffer offsets) {
    this.offsets = offsets;
    this.count = offsets.limit() - 1;
  }

  int count() {
    return count;
  }

  int offset(int record) {
    return offsets.get(record);
  }

  /** Returns the length of a record's bytes. */
  int length(int record) {
    return offsets.get(record + 1) - offsets.get(record) - SegmentFile.RECORD_HEADER;
  }

  /** Returns the offset behind the last record. */
  int end() {
    return offsets.get(count);
  }

  void add(int length) {
    if (count + 1 == offsets.capacity()) {
      offsets = IntBuffer.allocate(2 * offsets.capacity()).put(0, offsets, 0, count + 1);
    }
    offsets.put(count + 1, Math.addExact(end(), SegmentFile.RECORD_HEADER + length));
    count++;
  }

  static Path file(Path segment) {
    return segment.resolveSibling(segment.getFileName().toString().replace(".seg", ".idx"));
  }

  /** Writes the file of a full segment; a reader sees all of it or none. */
  void store(SegmentFile segment) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(HEADER + (count + 2) * Integer.BYTES);
    content.putLong(MAGIC).putLong(segment.salt());
    for (int record = 0; record <= count; record++) {
      content.putInt(offsets.get(record));
    }
    content.putInt(crc(content.duplicate().flip()));
    Directories.replace(file(segment.file()), content.array());
  }

  /** Maps the file of a full segment; empty if it is missing or not whole. */
  static Optional<RecordOffsets> load(SegmentFile segment) throws IOException {
    Path file = file(segment.file());
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int length = (int) channel.size();
      if (length < HEADER + 2 * Integer.BYTES || length % Integer.BYTES != 0) {
        return Optional.empty();
      }
      ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
      int end = length - Integer.BYTES;
      if (content.getLong(0) != MAGIC
          || content.getLong(Long.BYTES) != segment.salt()
          || content.getInt(end) != crc(content.slice(0, end))) {
        return Optional.empty();
      }
      return Optional.of(new RecordOffsets(content.slice(HEADER, end - HEADER).asIntBuffer()));
    }
  }

  private static int crc(ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }
}
