package io.tracegram.deploy.simulator;

import java.nio.ByteBuffer;

/** The messages of a simulated LLRP reader, version 1.0.1. Stateless. */
final class ReaderMessages {
  private static final int VERSION = 1 << 10;
  private static final int ANTENNA = 1;
  private static final byte RSSI_DBM = -52;

  private ReaderMessages() {}

  /** What the reader says of a connection that somebody opened. */
  static byte[] attempt(int status, long micros) {
    return message(63, 0, 22)
        .putShort((short) 246)
        .putShort((short) 22)
        .putShort((short) 128)
        .putShort((short) 12)
        .putLong(micros)
        .putShort((short) 256)
        .putShort((short) 6)
        .putShort((short) status)
        .array();
  }

  static byte[] answer(int type, int id, int status) {
    return message(type, id, 8)
        .putShort((short) 287)
        .putShort((short) 8)
        .putShort((short) status)
        .putShort((short) 0)
        .array();
  }

  static byte[] keepalive(int id) {
    return message(62, id, 0).array();
  }

  /** A report of one tag: EPC, antenna, strength, when it was seen, and that it was read once. */
  static byte[] report(byte[] epc, long firstSeenMicros) {
    int epcData = 6 + epc.length;
    int tag = 4 + epcData + 3 + 2 + 9 + 3;
    return message(61, 0, tag)
        .putShort((short) 240)
        .putShort((short) tag)
        .putShort((short) 241)
        .putShort((short) epcData)
        .putShort((short) (8 * epc.length))
        .put(epc)
        .put((byte) (0x80 | 1))
        .putShort((short) ANTENNA)
        .put((byte) (0x80 | 6))
        .put(RSSI_DBM)
        .put((byte) (0x80 | 2))
        .putLong(firstSeenMicros)
        .put((byte) (0x80 | 8))
        .putShort((short) 1)
        .array();
  }

  private static ByteBuffer message(int type, int id, int length) {
    return ByteBuffer.allocate(10 + length)
        .putShort((short) (VERSION | type))
        .putInt(10 + length)
        .putInt(id);
  }
}
