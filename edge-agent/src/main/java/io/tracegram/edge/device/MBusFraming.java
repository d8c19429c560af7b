package io.tracegram.edge.device;

import io.tracegram.runtime.profile.MBusFrame;

/**
 * Replies on an M-Bus.
 *
 * @param unit primary address that was asked
 * @param expected what kind of frame answers
 */
record MBusFraming(int unit, Kind expected) implements Framing {
  /** The kinds of answers. */
  enum Kind {
    ACKNOWLEDGEMENT,
    TELEGRAM
  }

  @Override
  public int length(byte[] bytes, int count) {
    return MBusFrame.length(bytes, count);
  }

  @Override
  public Verdict judge(byte[] frame) {
    if (frame.length == 1) {
      return expected == Kind.ACKNOWLEDGEMENT ? Verdict.REPLY : Verdict.OTHERS;
    }
    if (!MBusFrame.isSoundLong(frame)) {
      return Verdict.BROKEN;
    }
    return expected == Kind.TELEGRAM && MBusFrame.address(frame) == unit
        ? Verdict.REPLY
        : Verdict.OTHERS;
  }
}
