package io.tracegram.edge.device.llrp;

import io.tracegram.ledger.evidence.statement.Content;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Fields of a message or parameter, read in order; big-endian. Single-threaded. */
final class Fields {
  private static final int TV = 0x80;
  private static final int TLV_HEADER = 4;

  private final ByteBuffer in;

  private Fields(ByteBuffer in) {
    this.in = in;
  }

  static Fields of(Content bytes) {
    return new Fields(ByteBuffer.wrap(bytes.bytes()));
  }

  /**
   * A parameter, itself not yet read.
   *
   * @param type those below 128 have no length of their own (TV), the others have (TLV)
   */
  record Parameter(int type, Fields fields) {}

  boolean isEmpty() {
    return !in.hasRemaining();
  }

  int u8() throws LlrpException {
    return slice(1).get() & 0xFF;
  }

  int s8() throws LlrpException {
    return slice(1).get();
  }

  int u16() throws LlrpException {
    return slice(2).getShort() & 0xFFFF;
  }

  /** Returns 64 bits, refusing those above 2⁶³ - 1. */
  long u63() throws LlrpException {
    long value = slice(8).getLong();
    if (value < 0) {
      throw LlrpException.malformed("a time of more than 63 bits");
    }
    return value;
  }

  Content bytes(int count) throws LlrpException {
    ByteBuffer slice = slice(count);
    byte[] bytes = new byte[count];
    slice.get(bytes);
    return Content.of(bytes);
  }

  /** Returns a text that its length in bytes precedes; what is no UTF-8 is replaced. */
  String text() throws LlrpException {
    return new String(bytes(u16()).bytes(), StandardCharsets.UTF_8);
  }

  /** Returns the next parameter. */
  Parameter parameter() throws LlrpException {
    int first = in.get(in.position()) & 0xFF;
    if ((first & TV) != 0) {
      int type = u8() & ~TV;
      return new Parameter(type, new Fields(slice(TvParameters.length(type))));
    }
    int type = u16();
    if (type >= 1 << 10) {
      throw LlrpException.malformed("a parameter whose reserved bits are not zero");
    }
    int length = u16();
    if (length < TLV_HEADER) {
      throw LlrpException.malformed("parameter %d of %d bytes".formatted(type, length));
    }
    return new Parameter(type, new Fields(slice(length - TLV_HEADER)));
  }

  private ByteBuffer slice(int count) throws LlrpException {
    if (in.remaining() < count) {
      throw LlrpException.malformed(
          "a field of %d bytes where %d are left".formatted(count, in.remaining()));
    }
    ByteBuffer slice = in.slice(in.position(), count);
    in.position(in.position() + count);
    return slice;
  }
}
