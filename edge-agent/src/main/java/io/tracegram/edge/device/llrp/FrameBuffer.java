package io.tracegram.edge.device.llrp;

import io.tracegram.ledger.evidence.statement.Content;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds frames in a stream of bytes, however it is cut. Single-threaded. Holds no more than has
 * arrived, and refuses a frame beyond {@value #LONGEST} bytes by its header.
 */
final class FrameBuffer {
  static final int LONGEST = 1 << 18;
  static final int HEADER = 10;

  private static final int LENGTH_END = 6;

  private byte[] bytes = new byte[1_024];
  private int start;
  private int end;

  /** Takes what arrived. */
  void add(byte[] chunk, int length) {
    if (bytes.length - end < length) {
      byte[] room = end - start + length <= bytes.length ? bytes : new byte[grown(length)];
      System.arraycopy(bytes, start, room, 0, end - start);
      bytes = room;
      end -= start;
      start = 0;
    }
    System.arraycopy(chunk, 0, bytes, end, length);
    end += length;
  }

  private int grown(int more) {
    return Math.max(2 * bytes.length, end - start + more);
  }

  /**
   * Returns the next frame, empty if it is not whole yet.
   *
   * @throws LlrpException if what stands there begins no frame
   */
  Optional<Frame> next() throws LlrpException {
    ByteBuffer header = ByteBuffer.wrap(bytes, start, end - start);
    if (header.remaining() < 2) {
      return Optional.empty();
    }
    int first = header.getShort() & 0xFFFF;
    int version = first >> 10;
    if (version != 1 && version != 2) {
      throw LlrpException.malformed("a message of LLRP version %d".formatted(version));
    }
    if (end - start < LENGTH_END) {
      return Optional.empty();
    }
    long length = header.getInt() & 0xFFFF_FFFFL;
    if (length < HEADER || length > LONGEST) {
      throw LlrpException.malformed("a message of %d bytes".formatted(length));
    }
    if (end - start < length) {
      return Optional.empty();
    }
    long id = header.getInt() & 0xFFFF_FFFFL;
    int after = start + (int) length;
    Content body = Content.of(Arrays.copyOfRange(bytes, header.position(), after));
    start = after;
    return Optional.of(new Frame(first & 0x3FF, id, body));
  }
}
