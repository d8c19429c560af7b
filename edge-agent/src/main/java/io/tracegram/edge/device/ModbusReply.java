package io.tracegram.edge.device;

/** What came of one Modbus request. */
sealed interface ModbusReply {
  /** The words asked for; {@link #bytes} has exactly two bytes for each. */
  final class Words implements ModbusReply {
    private final byte[] bytes;

    Words(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes(int from, int length) {
      return java.util.Arrays.copyOfRange(bytes, from, from + length);
    }
  }

  /**
   * No words.
   *
   * @param code such as {@code modbus.timeout}
   * @param connectionUsable false if the next reply on this connection could belong to this request
   */
  record Failed(String code, String reason, boolean connectionUsable) implements ModbusReply {}
}
