package io.tracegram.runtime.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
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

  private final Path directory;
  private final long segmentBytes;
  private final SegmentChannel.Opener opener;
  private final LongSupplier salts;

  private ByteBuffer group = ByteBuffer.allocateDirect(1 << 20);
  private long written;

  // published to readers by the volatile write of size
  private Segment[] segments = new Segment[0];
  private volatile long size;
  private volatile @Nullable Throwable failure;

  private record Segment(SegmentFile file, RecordOffsets offsets) {}

  private Segments(
      Path directory, long segmentBytes, SegmentChannel.Opener opener, LongSupplier salts) {
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.opener = opener;
    this.salts = salts;
  }

  /**
   * Opens the segments of a directory and drops a torn write at the very end. Only the last segment
   * is read; of those before it, their offsets.
   *
   * @param salts a secret for each new segment
   * @throws LogDamagedException if a record that was once on disk is not whole
   */
  static Segments open(
      Path directory, long segmentBytes, SegmentChannel.Opener opener, LongSupplier salts)
      throws IOException {
    Files.createDirectories(directory);
    Segments segments = new Segments(directory, segmentBytes, opener, salts);
    try {
      segments.load();
    } catch (IOException | RuntimeException e) {
      segments.close();
      throw e;
    }
    return segments;
  }

  private void load() throws IOException {
    List<Path> names;
    try (Stream<Path> entries = Files.list(directory)) {
      names = entries.sorted().toList();
    }
    for (Path name : names) {
      if (name.toString().endsWith(".tmp")) {
        Files.delete(name); // a file whose creation was cut off: it never held a record
      }
    }
    List<Path> files = names.stream().filter(name -> name.toString().endsWith(".seg")).toList();
    for (int i = 0; i < files.size(); i++) {
      load(files.get(i), i == files.size() - 1);
    }
    size = written;
  }

  private void load(Path name, boolean last) throws IOException {
    SegmentFile file = SegmentFile.open(name, opener);
    try {
      if (file.firstIndex() != written || !name.endsWith(SegmentFile.name(file.firstIndex()))) {
        throw new LogDamagedException(
            name
                + ": starts with leaf "
                + file.firstIndex()
                + ", but the segments before it end with leaf "
                + (written - 1)
                + "; a file is missing or damaged: restore it from a backup or the mirror");
      }
      Optional<RecordOffsets> known = last ? Optional.empty() : RecordOffsets.load(file);
      add(new Segment(file, known.isPresent() ? known.get() : scan(file, last)));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private RecordOffsets scan(SegmentFile file, boolean last) throws IOException {
    SegmentScan scan = new SegmentScan(file);
    RecordOffsets offsets = scan.records();
    long end = offsets.end();
    if (!scan.isClearFrom(end)) {
      if (!last || scan.nextGroup(end) >= 0) {
        throw new LogDamagedException(
            file.file()
                + ": the record of leaf "
                + (written + offsets.count())
                + " at offset "
                + end
                + " is damaged, and it was on disk before (later leaves follow); restore this file"
                + " from a backup or the mirror, do not edit it");
      }
      LOG.warn(
          "event=log.torn-tail-dropped file={} offset={} leaf={} (a write that was never"
              + " acknowledged)",
          file.file(),
          end,
          written + offsets.count());
      file.clearFrom(end);
    }
    if (!last) {
      offsets.store(file);
    }
    return offsets;
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
    Segment last = withRoom(bytes);
    if (group.capacity() < bytes) {
      group = ByteBuffer.allocateDirect((int) Math.max(bytes, 2L * group.capacity()));
    }
    group.clear();
    int mark = SegmentFile.GROUP_START;
    for (byte[] record : records) {
      group.putInt(record.length | mark);
      group.putInt(last.file.crc(record, 0, record.length)).put(record);
      mark = 0;
    }
    last.file.append(group.flip(), last.offsets.end());
    for (byte[] record : records) {
      last.offsets.add(record.length);
    }
    written += records.size();
  }

  private Segment withRoom(long bytes) throws IOException {
    if (segments.length > 0) {
      Segment last = segments[segments.length - 1];
      if (last.offsets.end() + bytes <= last.file.capacity()) {
        return last;
      }
      last.offsets.store(last.file);
      segments[segments.length - 1] =
          new Segment(last.file, RecordOffsets.load(last.file).orElse(last.offsets));
    }
    long capacity = Math.max(segmentBytes, SegmentFile.HEADER + bytes);
    SegmentFile file = SegmentFile.create(directory, written, salts.getAsLong(), capacity, opener);
    return add(new Segment(file, new RecordOffsets()));
  }

  /** Returns the number of records on disk. */
  long size() {
    return size;
  }

  /** Returns the index of the first record of the segment being written, 0 if there is none. */
  long lastSegment() {
    return segments.length == 0 ? 0 : segments[segments.length - 1].file.firstIndex();
  }

  /**
   * Reads a record; any thread.
   *
   * @throws LogDamagedException if it is not what was written
   */
  byte[] read(long index) {
    checkAlive();
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("leaf " + index + " of " + size);
    }
    Segment segment = holding(index);
    int record = (int) (index - segment.file.firstIndex());
    try {
      return segment.file.read(
          index, segment.offsets.offset(record), segment.offsets.length(record));
    } catch (IOException e) {
      failure = e;
      throw new LogFailedException("reading leaf " + index + " in " + directory + " failed", e);
    }
  }

  private Segment holding(long index) {
    Segment[] all = segments;
    int low = 0;
    for (int high = all.length - 1; low < high; ) {
      int middle = (low + high + 1) >>> 1;
      if (all[middle].file.firstIndex() <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return all[low];
  }

  private Segment add(Segment segment) {
    Segment[] all = Arrays.copyOf(segments, segments.length + 1);
    all[segments.length] = segment;
    segments = all;
    written += segment.offsets.count();
    return segment;
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
    for (Segment segment : segments) {
      try {
        segment.file.close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }
}
