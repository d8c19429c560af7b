package io.tracegram.runtime.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Walks the records of one segment from its start to the first that is not whole. Single-threaded.
 */
final class SegmentScan {

  private static final int WINDOW = 4 << 20;

  private final SegmentFile segment;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowStart;

  SegmentScan(SegmentFile segment) {
    this.segment = segment;
  }

  /** Returns where every whole record stands, up to the first that is not. */
  RecordOffsets records() throws IOException {
    RecordOffsets offsets = new RecordOffsets();
    for (int offset = SegmentFile.HEADER; isWhole(offset, false); offset = offsets.end()) {
      offsets.add(length(window.getInt((int) (offset - windowStart))));
    }
    return offsets;
  }

  /** Says whether only zeros follow. */
  boolean isClearFrom(long offset) throws IOException {
    byte[] zeros = new byte[WINDOW];
    long at = offset;
    while (at < segment.capacity() && load(at, 1)) {
      int from = (int) (at - windowStart);
      int count = window.limit() - from;
      if (Arrays.mismatch(window.array(), from, from + count, zeros, 0, count) >= 0) {
        return false;
      }
      at += count;
    }
    return true;
  }

  /** Returns where the next whole first record of a group stands after an offset, or -1. */
  long nextGroup(long offset) throws IOException {
    for (long at = offset + 1; at < segment.capacity(); at++) {
      if (isWhole(at, true)) {
        return at;
      }
    }
    return -1;
  }

  private boolean isWhole(long offset, boolean groupStart) throws IOException {
    if (!load(offset, SegmentFile.RECORD_HEADER)) {
      return false;
    }
    int at = (int) (offset - windowStart);
    int head = window.getInt(at);
    int length = length(head);
    if (length == 0 || length > Segments.MAX_LEAF || (groupStart && head >= 0)) {
      return false;
    }
    if (!load(offset, SegmentFile.RECORD_HEADER + length)) {
      return false;
    }
    at = (int) (offset - windowStart);
    return segment.crc(window.array(), at + SegmentFile.RECORD_HEADER, length)
        == window.getInt(at + 4);
  }

  private static int length(int head) {
    return head & ~SegmentFile.GROUP_START;
  }

  /**
   * Makes {@code count} bytes at an offset readable in the window; false if the file ends before.
   */
  private boolean load(long offset, int count) throws IOException {
    if (offset >= windowStart && offset + count <= windowStart + window.limit()) {
      return true;
    }
    window.clear();
    windowStart = offset;
    int read = segment.read(window, offset);
    window.position(0).limit(Math.max(read, 0));
    return read >= count;
  }
}
