package io.tracegram.edge.device;

/** What came of one request on a bus. */
sealed interface BusReply {
  /** A whole frame. */
  final class Frame implements BusReply {
    private final byte[] bytes;

    Frame(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes.clone();
    }
  }

  /**
   * No whole frame came in time.
   *
   * @param received what came instead, for a person
   */
  record Silent(String received) implements BusReply {}

  /**
   * Bytes that are no frame, and again when it was asked once more.
   *
   * @param received for a person
   */
  record Noise(String received) implements BusReply {}

  /** The line itself does not open, or was lost. */
  record Lost(String reason) implements BusReply {}

  /** The others on the bus took all the time. */
  record NoTurn() implements BusReply {}
}
