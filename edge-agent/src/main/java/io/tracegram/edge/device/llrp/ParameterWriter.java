package io.tracegram.edge.device.llrp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Writes one of our messages, none of which is long; big-endian. Single-threaded. */
final class ParameterWriter {
  private static final int LENGTH_AT = 2;

  private final ByteBuffer out = ByteBuffer.allocate(256);

  ParameterWriter u8(int value) {
    out.put((byte) value);
    return this;
  }

  ParameterWriter u16(int value) {
    out.putShort((short) value);
    return this;
  }

  ParameterWriter u32(long value) {
    out.putInt((int) value);
    return this;
  }

  /** Writes a parameter that tells its length. */
  ParameterWriter parameter(int type, Consumer<ParameterWriter> fields) {
    int start = out.position();
    u16(type).u16(0);
    fields.accept(this);
    out.putShort(start + LENGTH_AT, (short) (out.position() - start));
    return this;
  }

  /** Returns the message whose header was written first, with its length in it. */
  byte[] message() {
    out.putInt(LENGTH_AT, out.position());
    return Arrays.copyOf(out.array(), out.position());
  }
}
