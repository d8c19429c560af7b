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
   * @param then what the next request may do
   */
  record Failed(String code, String reason, Then then) implements ModbusReply {}

  /** What is safe after a failure. */
  enum Then {
    /** The next request can go the same way. */
    GO_ON,
    /** The next reply on this connection could belong to this request: another one is needed. */
    RECONNECT,
    /** A late reply could still come: the meter is left alone for its back-off. */
    REST
  }
}
