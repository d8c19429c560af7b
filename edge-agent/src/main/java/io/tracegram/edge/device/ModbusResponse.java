package io.tracegram.edge.device;

import com.digitalpetri.modbus.MbapHeader;
import com.digitalpetri.modbus.ModbusTcpFrame;
import io.tracegram.runtime.config.HostPort;
import java.nio.ByteBuffer;

/** Judges a frame by the request that it should answer. Pure; never throws on hostile bytes. */
final class ModbusResponse {
  private static final int FIRST_EXCEPTION = 0x80;

  private ModbusResponse() {}

  /**
   * What was asked.
   *
   * @param address of the meter, for people
   * @param transaction range [0, 65535]
   * @param unit Modbus unit id, range [0, 255]
   */
  record Request(HostPort address, int transaction, int unit, RegisterBlock block) {}

  static ModbusReply read(ModbusTcpFrame frame, Request asked) {
    MbapHeader header = frame.header();
    ByteBuffer pdu = frame.pdu();
    RegisterBlock block = asked.block();
    if (header.protocolId() != 0 || header.transactionId() != asked.transaction()) {
      return bad(asked, "a frame that belongs to no request");
    }
    if (header.unitId() != asked.unit()) {
      return bad(asked, "a reply of unit " + header.unitId() + ", asked was unit " + asked.unit());
    }
    if (pdu.remaining() < 2) {
      return bad(asked, "a reply of " + pdu.remaining() + " bytes");
    }
    int function = pdu.get() & 0xFF;
    int count = pdu.get() & 0xFF;
    if (function == block.functionCode() + FIRST_EXCEPTION && pdu.remaining() == 0) {
      return new ModbusReply.Failed(
          "modbus.exception", ModbusExceptions.describe(count, block), true);
    }
    if (function != block.functionCode()) {
      return bad(asked, "function " + function + ", asked was " + block.functionCode());
    }
    if (count != 2 * block.words() || pdu.remaining() != count) {
      return bad(
          asked,
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
  static ModbusReply.Failed bad(Request asked, String what) {
    return new ModbusReply.Failed(
        "modbus.bad-reply",
        asked.address()
            + " sent "
            + what
            + ": check that it speaks Modbus TCP and that no second device answers the same unit"
            + " id",
        false);
  }
}
