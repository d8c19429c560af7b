package io.tracegram.edge.device.llrp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Writes a reader's messages byte by byte, so that tests share nothing with what they test. */
public final class Llrp {
  /** As a reader sent it: it accepts the connection. */
  static final byte[] GREETING =
      hex("043f000000200ab288c900f600160080000c0004f8535baadaff010000060000");

  static final byte[] EMPTY_REPORT = hex("043d0000000a00000000");

  /** As a reader sent it: an EPC of 128 bits, and a vendor's parameter. */
  static final byte[] LONG_TAG =
      hex(
          "043d0000003a0000000000f0003000f10016008085047000049050503155303400702300"
              + "81000186b78c440003ff000e00005e95000000380016");

  /** As a reader sent it, whose clock stands in 2004. */
  public static final byte[] TAG_OF_2004 =
      hex("00f0001f8d35e0170043babbce0000142581000186d8820003dc466a8af0d0");

  private Llrp() {}

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  static byte[] message(int type, long id, byte[]... parts) {
    byte[] body = join(parts);
    return join(
        ByteBuffer.allocate(10)
            .putShort((short) (1 << 10 | type))
            .putInt(10 + body.length)
            .putInt((int) id)
            .array(),
        body);
  }

  static byte[] parameter(int type, byte[]... parts) {
    byte[] body = join(parts);
    return join(u16(type), u16(4 + body.length), body);
  }

  static byte[] answer(int type, long id, int status, String description) {
    byte[] text = description.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return message(type, id, parameter(287, u16(status), u16(text.length), text));
  }

  public static byte[] report(byte[]... tags) {
    return message(61, 0, tags);
  }

  /** A tag of 96 bits at antenna 2 with a signal of −60 dBm, read three times. */
  public static byte[] tag(String epc) {
    return parameter(240, hex("8d" + epc + "810002" + "86c4" + "880003"));
  }

  static byte[] event(byte[] event) {
    return message(63, 7, parameter(246, parameter(128, new byte[8]), event));
  }

  static byte[] antenna(int number, boolean connected) {
    return event(parameter(255, new byte[] {(byte) (connected ? 1 : 0)}, u16(number)));
  }

  static byte[] u16(int value) {
    return ByteBuffer.allocate(2).putShort((short) value).array();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Stream.of(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }
}
