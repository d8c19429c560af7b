package io.tracegram.edge.device;

import com.digitalpetri.modbus.Crc16;
import java.nio.ByteBuffer;

/** Replies of Modbus RTU: unit, function, data, checksum (Modbus over Serial Line V1.02 §2.5.1). */
record RtuFraming(int unit) implements Framing {
  private static final int EXCEPTION = 0x80;

  /** Unit, function, byte count or exception code, checksum. */
  private static final int SHORTEST = 5;

  private static final int CHECKSUM = 2;

  /** Returns a request for registers, with its checksum. */
  byte[] request(RegisterBlock block) {
    ByteBuffer frame =
        ByteBuffer.allocate(6 + CHECKSUM)
            .put((byte) unit)
            .put((byte) block.functionCode())
            .putShort((short) block.address())
            .putShort((short) block.words());
    return frame.putShort(checksum(frame.array(), 6)).array();
  }

  @Override
  public int length(byte[] bytes, int count) {
    if (count < 2) {
      return 0;
    }
    int function = bytes[1] & 0xFF;
    if ((function & EXCEPTION) != 0) {
      return SHORTEST;
    }
    if (function != 0x03 && function != 0x04) {
      return -1;
    }
    return count < 3 ? 0 : SHORTEST + (bytes[2] & 0xFF);
  }

  @Override
  public Verdict judge(byte[] frame) {
    int data = frame.length - CHECKSUM;
    if (ByteBuffer.wrap(frame, data, CHECKSUM).getShort() != checksum(frame, data)) {
      return Verdict.BROKEN;
    }
    return (frame[0] & 0xFF) == unit ? Verdict.REPLY : Verdict.OTHERS;
  }

  /** Returns what lies between unit and checksum. */
  static ByteBuffer pdu(byte[] frame) {
    return ByteBuffer.wrap(frame, 1, frame.length - 1 - CHECKSUM).slice();
  }

  /** Returns the checksum, its low byte first, as it is sent. */
  private static short checksum(byte[] bytes, int length) {
    Crc16 crc = new Crc16();
    crc.update(ByteBuffer.wrap(bytes, 0, length));
    return Short.reverseBytes((short) crc.getValue());
  }
}
