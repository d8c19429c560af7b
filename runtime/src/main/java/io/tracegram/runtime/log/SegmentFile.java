package io.tracegram.runtime.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * One preallocated file of records.
 *
 * <p>Layout, big-endian: magic with version (u64), index of the first record (u64), then records:
 * length (u32, top bit set on the first record of a commit group), CRC-32C of the bytes (u32), the
 * bytes; zeros after the last. A group is written only after the group before it is on disk, so a
 * broken record with a whole later group behind it is damage, not a torn write.
 *
 * <p>One thread writes; any thread reads what was written.
 */
final class SegmentFile implements Closeable {
  static final int HEADER = 16;
  static final int RECORD_HEADER = 8;
  static final int GROUP_START = 0x8000_0000;

  private static final long MAGIC = 0x7467_7365_676D_0001L; // "tgsegm", version 1
  private static final int ZEROS = 1 << 20;

  private final Path file;
  private final long firstIndex;
  private final long capacity;
  private final SegmentChannel channel;

  private SegmentFile(Path file, long firstIndex, long capacity, SegmentChannel channel) {
    this.file = file;
    this.firstIndex = firstIndex;
    this.capacity = capacity;
    this.channel = channel;
  }

  static String name(long firstIndex) {
    return String.format("%012d.seg", firstIndex);
  }

  /** Returns a new segment whose name, size and zeros are on disk. */
  static SegmentFile create(
      Path directory, long firstIndex, long capacity, SegmentChannel.Opener opener)
      throws IOException {
    Path file = directory.resolve(name(firstIndex));
    Path temporary = directory.resolve(name(firstIndex) + ".tmp");
    SegmentChannel channel =
        opener.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    try {
      writeZeros(channel, 0, capacity);
      channel.write(ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(firstIndex).flip(), 0);
      channel.force(true);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      Directories.force(directory);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new SegmentFile(file, firstIndex, capacity, channel);
  }

  static SegmentFile open(Path file, SegmentChannel.Opener opener) throws IOException {
    SegmentChannel channel = opener.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (channel.read(header, 0) < HEADER || header.getLong(0) != MAGIC) {
      channel.close();
      throw new LogDamagedException(
          file + ": not a segment of this version; restore the file from a backup or the mirror");
    }
    return new SegmentFile(file, header.getLong(8), channel.size(), channel);
  }

  Path file() {
    return file;
  }

  long firstIndex() {
    return firstIndex;
  }

  long capacity() {
    return capacity;
  }

  /** Writes whole records in one call and returns when they are on disk. */
  void append(ByteBuffer records, long position) throws IOException {
    channel.write(records, position);
    channel.force(false);
  }

  /** Reads the record at an offset that {@link SegmentScan} or an append has shown to be whole. */
  byte[] read(long offset, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    if (channel.read(target, offset + RECORD_HEADER) < length) {
      throw new IOException(file + ": ends within the record at offset " + offset);
    }
    return target.array();
  }

  int read(ByteBuffer target, long position) throws IOException {
    return channel.read(target, position);
  }

  /** Returns when everything from {@code position} on is zero on disk. */
  void clearFrom(long position) throws IOException {
    writeZeros(channel, position, capacity);
    channel.force(true);
  }

  static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }

  private static void writeZeros(SegmentChannel channel, long from, long to) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
    for (long at = from; at < to; at += ZEROS) {
      zeros.clear().limit((int) Math.min(ZEROS, to - at));
      channel.write(zeros, at);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
