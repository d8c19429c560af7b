package io.tracegram.runtime.profile;

import io.tracegram.ledger.quantity.Mass;

/** What the line of a scale says. Immutable. */
public sealed interface ScaleReply {
  /**
   * What lies on the scale, at rest.
   *
   * @param mass above 0
   */
  record Weighed(Mass mass) implements ScaleReply {}

  /**
   * A weight that is none to be accounted.
   *
   * @param code stable, such as {@code weight.unstable}
   * @param reason printable, with what to do
   */
  record Refused(String code, String reason) implements ScaleReply {
    static final Refused MOVING =
        new Refused(
            "weight.unstable",
            "the weight still moves: wait until the display stands still, then scan again");
    static final Refused OVERLOAD =
        new Refused("weight.overload", "the scale is overloaded: take load off, scan again");
    static final Refused UNDERLOAD =
        new Refused(
            "weight.underload",
            "the scale is below its range: put the pan back or zero it, then scan again");
    static final Refused OTHER =
        new Refused(
            "weight.other",
            "the scale prints another figure than the weight on it: set it to print net weights,"
                + " then scan again");
  }

  /**
   * A scale that says that it cannot.
   *
   * @param code stable, such as {@code scale.no-command}
   * @param reason printable, with what to do
   */
  record Failed(String code, String reason) implements ScaleReply {}

  /** No line of this protocol. */
  record Unreadable() implements ScaleReply {}

  /**
   * Reads the reply to a request for one weight. Pure.
   *
   * @param line without its end, one character per byte
   */
  static ScaleReply read(ScaleProfile.Protocol protocol, String line) {
    return switch (protocol) {
      case MT_SICS -> MtSicsLine.read(line);
      case SBI -> SbiLine.read(line);
      case A_AND_D -> AAndDLine.read(line);
      case OHAUS -> OhausLine.read(line);
    };
  }
}
