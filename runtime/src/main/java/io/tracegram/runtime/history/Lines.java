package io.tracegram.runtime.history;

import io.tracegram.ledger.evidence.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Reads lines ended by LF or CR LF, cut off at a limit, and hashes what it reads. Single-threaded.
 */
final class Lines {
  static final int MAX_LINE = 65_536;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final MessageDigest digest = Hash.newSha256();
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] line = new byte[MAX_LINE];
  private int position;
  private int limit;
  private int length;
  private boolean tooLong;
  private long number;
  private long bytes;

  Lines(InputStream in) {
    this.in = in;
  }

  /** Goes to the next line; says whether there is one. */
  boolean next() throws IOException {
    length = 0;
    tooLong = false;
    boolean any = false;
    while (position < limit || fill()) {
      any = true;
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      keep(position, end);
      position = end + 1;
      if (end < limit) {
        break;
      }
      position = limit;
    }
    if (any) {
      number++;
      dropReturn();
    }
    return any;
  }

  /** Returns the line without its end; what is no UTF-8 is replaced by U+FFFD. */
  String text() {
    int from = number == 1 && startsWithMark() ? BYTE_ORDER_MARK.length : 0;
    return new String(line, from, length - from, StandardCharsets.UTF_8);
  }

  /** Says whether the line was longer than {@link #MAX_LINE} bytes. */
  boolean isTooLong() {
    return tooLong;
  }

  /** Returns the line's number, from 1. */
  long number() {
    return number;
  }

  /** Returns how many bytes were read so far. */
  long bytes() {
    return bytes;
  }

  /** Returns the hash of all bytes, at the end of the stream; once. */
  Hash hash() {
    return Hash.of(digest.digest());
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer));
    digest.update(buffer, 0, limit);
    bytes += limit;
    return limit > 0;
  }

  private void keep(int from, int to) {
    int fits = Math.min(to - from, MAX_LINE - length);
    System.arraycopy(buffer, from, line, length, fits);
    length += fits;
    tooLong |= fits < to - from;
  }

  private void dropReturn() {
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
  }

  private boolean startsWithMark() {
    return length >= BYTE_ORDER_MARK.length
        && line[0] == BYTE_ORDER_MARK[0]
        && line[1] == BYTE_ORDER_MARK[1]
        && line[2] == BYTE_ORDER_MARK[2];
  }
}
