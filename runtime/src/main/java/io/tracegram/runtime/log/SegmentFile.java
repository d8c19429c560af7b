package io.tracegram.runtime.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One preallocated file of records.
 *
 * <p>Layout, big-endian: magic with version (u64), index of the first record (u64), salt (u64),
 * then records: length (u32, top bit set on the first record of a commit group), CRC-32C of salt
 * and bytes (u32), the bytes; zeros after the last. A group is written only after the group before
 * it is on disk, so a broken record with a whole later group behind it is damage, not a torn write.
 * The salt is never published: without it nobody can hide a record inside a leaf.
 *
 * <p>One thread writes; any thread reads what was written.
 */
final class SegmentFile implements Closeable {
  static final int HEADER = 24;
  static final int RECORD_HEADER = 8;
  static final int GROUP_START = 0x8000_0000;

  private static final long MAGIC = 0x7467_7365_676D_0002L; // "tgsegm", version 2
  private static final int ZEROS = 1 << 20;

  private final Path file;
  private final long firstIndex;
  private final long salt;
  private final long capacity;
  private final SegmentChannel channel;

  private SegmentFile(
      Path file, long firstIndex, long salt, long capacity, SegmentChannel channel) {
    this.file = file;
    this.firstIndex = firstIndex;
    this.salt = salt;
    this.capacity = capacity;
    this.channel = channel;
  }

  static String name(long firstIndex) {
    return String.format("%012d.seg", firstIndex);
  }

  /** Returns a new segment whose name, size and zeros are on disk. */
  static SegmentFile create(
      Path directory, long firstIndex, long salt, long capacity, SegmentChannel.Opener opener)
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
      channel.write(
          ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(firstIndex).putLong(salt).flip(), 0);
      channel.force(true);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      Directories.force(directory);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new SegmentFile(file, firstIndex, salt, capacity, channel);
  }

  static SegmentFile open(Path file, SegmentChannel.Opener opener) throws IOException {
    SegmentChannel channel = opener.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (channel.read(header, 0) < HEADER || header.getLong(0) != MAGIC) {
      channel.close();
      throw new LogDamagedException(
          file + ": not a segment of this version; restore the file from a backup or the mirror");
    }
    return new SegmentFile(file, header.getLong(8), header.getLong(16), channel.size(), channel);
  }

  Path file() {
    return file;
  }

  long firstIndex() {
    return firstIndex;
  }

  long salt() {
    return salt;
  }

  long capacity() {
    return capacity;
  }

  /** Writes whole records in one call and returns when they are on disk. */
  void append(ByteBuffer records, long position) throws IOException {
    channel.write(records, position);
    channel.force(false);
  }

  /**
   * Reads the record at an offset that {@link SegmentScan} or an append has shown to be whole.
   *
   * @throws LogDamagedException if its bytes are no longer those that were written
   */
  byte[] read(long index, long offset, int length) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER + length);
    boolean whole = channel.read(record, offset) == RECORD_HEADER + length;
    byte[] bytes = Arrays.copyOfRange(record.array(), RECORD_HEADER, RECORD_HEADER + length);
    if (!whole || record.getInt(4) != crc(bytes, 0, length)) {
      throw new LogDamagedException(
          file
              + ": the record of leaf "
              + index
              + " at offset "
              + offset
              + " is not what was written; restore this file from a backup or the mirror");
    }
    return bytes;
  }

  int read(ByteBuffer target, long position) throws IOException {
    return channel.read(target, position);
  }

  /** Returns when everything from {@code position} on is zero on disk. */
  void clearFrom(long position) throws IOException {
    writeZeros(channel, position, capacity);
    channel.force(true);
  }

  int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      crc.update((int) (salt >>> shift));
    }
    crc.update(bytes, from, length);
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
