package io.tracegram.edge.device;

import com.digitalpetri.modbus.MbapHeader;
import com.digitalpetri.modbus.ModbusTcpFrame;
import io.tracegram.edge.device.ModbusReply.Then;
import java.nio.ByteBuffer;

/** Judges a frame by the request that it should answer. Pure; never throws on hostile bytes. */
final class ModbusResponse {
  private static final int FIRST_EXCEPTION = 0x80;

  private ModbusResponse() {}

  /**
   * What was asked.
   *
   * @param where the meter is, for people
   * @param transaction range [0, 65535]
   * @param unit Modbus unit id, range [0, 255]
   */
  record Request(String where, int transaction, int unit, RegisterBlock block) {}

  static ModbusReply read(ModbusTcpFrame frame, Request asked) {
    MbapHeader header = frame.header();
    if (header.protocolId() != 0 || header.transactionId() != asked.transaction()) {
      return bad(asked.where(), "a frame that belongs to no request");
    }
    if (header.unitId() != asked.unit()) {
      return bad(
          asked.where(), "a reply of unit " + header.unitId() + ", asked was unit " + asked.unit());
    }
    return read(frame.pdu(), asked.block(), asked.where());
  }

  /**
   * Judges what is between the frame's address and its end.
   *
   * @param where the meter is, for people
   */
  static ModbusReply read(ByteBuffer pdu, RegisterBlock block, String where) {
    if (pdu.remaining() < 2) {
      return bad(where, "a reply of " + pdu.remaining() + " bytes");
    }
    int function = pdu.get() & 0xFF;
    int count = pdu.get() & 0xFF;
    if (function == block.functionCode() + FIRST_EXCEPTION && pdu.remaining() == 0) {
      return new ModbusReply.Failed(
          "modbus.exception", ModbusExceptions.describe(count, block), Then.GO_ON);
    }
    if (function != block.functionCode()) {
      return bad(where, "function " + function + ", asked was " + block.functionCode());
    }
    if (count != 2 * block.words() || pdu.remaining() != count) {
      return bad(
          where,
          "a reply that says "
              + count
              + " bytes and has "
              + pdu.remaining()
              + ", expected "
              + 2 * block.words());
    }
    byte[] words = new byte[count];
    pdu.get(words);
    return new ModbusReply.Words(words);
  }

  /** Returns the refusal of what came instead of a reply. */
  static ModbusReply.Failed bad(String where, String what) {
    return new ModbusReply.Failed(
        "modbus.bad-reply",
        where
            + " sent "
            + what
            + ": check that it speaks this kind of Modbus and that no second device answers the"
            + " same unit id",
        Then.RECONNECT);
  }
}
