package io.tracegram.runtime.profile;

import java.nio.ByteBuffer;

/** The frames of the M-Bus link layer (EN 13757-2 §5.5). Pure, stateless; takes any bytes. */
public final class MBusFrame {
  /** The frame of one byte by which a meter confirms. */
  public static final byte ACK = (byte) 0xE5;

  private static final byte SHORT = 0x10;
  private static final byte LONG = 0x68;
  private static final byte STOP = 0x16;
  private static final int SHORT_BYTES = 5;

  /** Two start bytes, two lengths, checksum and stop. */
  private static final int LONG_FRAME = 6;

  /** Control, address and control information. */
  private static final int SHORTEST_LONG = 3;

  private static final int HEADER = 4;
  private static final int TRAILER = 2;

  private MBusFrame() {}

  /**
   * Returns a frame of control and address alone.
   *
   * @param address range [0, 255]
   */
  public static byte[] ofShort(int control, int address) {
    return new byte[] {
      SHORT, (byte) control, (byte) address, (byte) (control + address), STOP,
    };
  }

  /**
   * Returns a frame with data.
   *
   * @param body control, address, control information and data, 3 to 255 bytes
   */
  public static byte[] ofLong(byte... body) {
    ByteBuffer frame = ByteBuffer.allocate(body.length + LONG_FRAME);
    byte length = (byte) body.length;
    frame.put(LONG).put(length).put(length).put(LONG).put(body);
    return frame.put(sum(body, 0, body.length)).put(STOP).array();
  }

  /**
   * Says how long a frame is that begins so.
   *
   * @param bytes of which the first {@code count} are received, at least one
   * @return its length, 0 if that is not known yet, −1 if no frame begins so
   */
  public static int length(byte[] bytes, int count) {
    return switch (bytes[0]) {
      case ACK -> 1;
      case SHORT -> SHORT_BYTES;
      case LONG -> {
        if (count < HEADER) {
          yield 0;
        }
        int length = bytes[1] & 0xFF;
        boolean sound = bytes[1] == bytes[2] && bytes[3] == LONG && length >= SHORTEST_LONG;
        yield sound ? length + LONG_FRAME : -1;
      }
      default -> -1;
    };
  }

  /** Says whether bytes are one whole frame with data whose checksum is right. */
  public static boolean isSoundLong(byte[] frame) {
    return frame.length > 0
        && frame[0] == LONG
        && length(frame, frame.length) == frame.length
        && frame[frame.length - TRAILER] == sum(frame, HEADER, frame.length - TRAILER)
        && frame[frame.length - 1] == STOP;
  }

  /** Returns the address of a whole frame with data. */
  public static int address(byte[] frame) {
    return frame[HEADER + 1] & 0xFF;
  }

  private static byte sum(byte[] bytes, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += bytes[i];
    }
    return (byte) sum;
  }
}
