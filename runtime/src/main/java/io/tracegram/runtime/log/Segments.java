package io.tracegram.runtime.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segment files of a log, as one sequence of records with random access.
 *
 * <p>One thread appends; any thread may read and ask the size meanwhile. After an I/O error every
 * call throws {@link LogFailedException}: a failed fsync says nothing about what is on disk, so it
 * is never tried again on the same descriptor.
 */
final class Segments implements Closeable {
  static final int MAX_LEAF = 65_535;

  private static final Logger LOG = LoggerFactory.getLogger(Segments.class);
  private static final int PAGE = 1 << 14;

  private final Path directory;
  private final long segmentBytes;
  private final SegmentChannel.Opener opener;

  private ByteBuffer group = ByteBuffer.allocateDirect(1 << 20);
  private long position;
  private long written;

  // published to readers by the volatile write of size
  private SegmentFile[] files = new SegmentFile[0];
  private long[][] pages = new long[0][];
  private volatile long size;
  private volatile @Nullable Throwable failure;

  private Segments(Path directory, long segmentBytes, SegmentChannel.Opener opener) {
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.opener = opener;
  }

  /**
   * Opens the segments of a directory, drops a torn write at the very end, and replays all records.
   *
   * @throws LogDamagedException if a record that was once on disk is not whole
   */
  static Segments open(
      Path directory, long segmentBytes, SegmentChannel.Opener opener, Consumer<byte[]> replay)
      throws IOException {
    Files.createDirectories(directory);
    Segments segments = new Segments(directory, segmentBytes, opener);
    try {
      segments.load(replay);
    } catch (IOException | RuntimeException e) {
      segments.close();
      throw e;
    }
    return segments;
  }

  private void load(Consumer<byte[]> replay) throws IOException {
    List<Path> names;
    try (Stream<Path> entries = Files.list(directory)) {
      names = entries.sorted().toList();
    }
    for (Path name : names) {
      if (name.toString().endsWith(".seg.tmp")) {
        Files.delete(name); // a segment whose creation was cut off: it never held a record
      }
    }
    List<Path> segments = names.stream().filter(name -> name.toString().endsWith(".seg")).toList();
    for (int i = 0; i < segments.size(); i++) {
      load(segments.get(i), i == segments.size() - 1, replay);
    }
    size = written;
  }

  private void load(Path name, boolean last, Consumer<byte[]> replay) throws IOException {
    SegmentFile file = SegmentFile.open(name, opener);
    add(file);
    if (file.firstIndex() != written || !name.endsWith(SegmentFile.name(file.firstIndex()))) {
      throw new LogDamagedException(
          name
              + ": starts with leaf "
              + file.firstIndex()
              + ", but the segments before it end with leaf "
              + (written - 1)
              + "; a file is missing or damaged: restore it from a backup or the mirror");
    }
    SegmentScan scan = new SegmentScan(file);
    long end =
        scan.records(
            (offset, bytes) -> {
              index(offset, bytes.length);
              replay.accept(bytes);
            });
    position = end;
    if (scan.isClearFrom(end)) {
      return;
    }
    long next = last ? scan.nextGroup(end) : end;
    if (next >= 0) {
      throw new LogDamagedException(
          name
              + ": the record of leaf "
              + written
              + " at offset "
              + end
              + " is damaged, and it was on disk before (later leaves follow); restore this file"
              + " from a backup or the mirror, do not edit it");
    }
    LOG.warn(
        "event=log.torn-tail-dropped file={} offset={} leaf={} (a write that was never"
            + " acknowledged)",
        name,
        end,
        written);
    file.clearFrom(end);
  }

  /**
   * Appends a group and returns the index of its first record; on return all of it is on disk.
   *
   * @throws LogFailedException if the disk failed, now or earlier
   */
  long append(List<byte[]> records) {
    checkAlive();
    long first = written;
    try {
      write(records);
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      throw new LogFailedException(
          "writing to " + directory + " failed; nothing more is acknowledged", e);
    }
    size = written;
    return first;
  }

  private void write(List<byte[]> records) throws IOException {
    long bytes = 0;
    for (byte[] record : records) {
      if (record.length == 0 || record.length > MAX_LEAF) {
        throw new IllegalArgumentException("a leaf of " + record.length + " bytes");
      }
      bytes += SegmentFile.RECORD_HEADER + record.length;
    }
    if (files.length == 0 || position + bytes > files[files.length - 1].capacity()) {
      long capacity = Math.max(segmentBytes, SegmentFile.HEADER + bytes);
      add(SegmentFile.create(directory, written, capacity, opener));
      position = SegmentFile.HEADER;
    }
    if (group.capacity() < bytes) {
      group = ByteBuffer.allocateDirect((int) Math.max(bytes, 2L * group.capacity()));
    }
    group.clear();
    int mark = SegmentFile.GROUP_START;
    for (byte[] record : records) {
      group.putInt(record.length | mark).putInt(SegmentFile.crc(record)).put(record);
      mark = 0;
    }
    files[files.length - 1].append(group.flip(), position);
    for (byte[] record : records) {
      index(position, record.length);
      position += SegmentFile.RECORD_HEADER + record.length;
    }
  }

  /** Returns the number of records on disk. */
  long size() {
    return size;
  }

  /** Reads a record; any thread. */
  byte[] read(long index) {
    checkAlive();
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("leaf " + index + " of " + size);
    }
    long place = pages[(int) (index / PAGE)][(int) (index % PAGE)];
    long offset = place >>> 16 & 0xFFFF_FFFFL;
    try {
      return files[(int) (place >>> 48)].read(offset, (int) (place & 0xFFFF));
    } catch (IOException e) {
      failure = e;
      throw new LogFailedException("reading leaf " + index + " in " + directory + " failed", e);
    }
  }

  /** Packs segment (16 bits), offset (32) and length (16) of the next record into one word. */
  private void index(long offset, int length) {
    int page = (int) (written / PAGE);
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page + 1);
      pages[page] = new long[PAGE];
    }
    pages[page][(int) (written % PAGE)] = (long) (files.length - 1) << 48 | offset << 16 | length;
    written++;
  }

  private void add(SegmentFile file) {
    if (files.length == 0xFFFF) {
      throw new IllegalStateException("more than 65,535 segments in " + directory);
    }
    SegmentFile[] all = Arrays.copyOf(files, files.length + 1);
    all[files.length] = file;
    files = all;
  }

  private void checkAlive() {
    Throwable cause = failure;
    if (cause != null) {
      throw new LogFailedException("the log in " + directory + " failed earlier", cause);
    }
  }

  @Override
  public void close() throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (SegmentFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }
}
