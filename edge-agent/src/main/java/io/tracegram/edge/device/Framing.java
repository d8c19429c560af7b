package io.tracegram.edge.device;

/** How a reply on a bus is told from the bytes around it. Stateless; never throws on any bytes. */
interface Framing {
  /** What a whole frame is to the one that asked. */
  enum Verdict {
    /** The reply. */
    REPLY,
    /** A sound frame of another device, such as one that answers too late. */
    OTHERS,
    /** Spoiled on the way. */
    BROKEN
  }

  /**
   * Says how long a frame is that begins so.
   *
   * @param bytes of which the first {@code count} are received, at least one
   * @return its length, 0 if that is not known yet, −1 if no frame begins so
   */
  int length(byte[] bytes, int count);

  Verdict judge(byte[] frame);
}
