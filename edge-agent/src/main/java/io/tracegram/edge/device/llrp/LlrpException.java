package io.tracegram.edge.device.llrp;

import java.io.IOException;

/** A reader that does not do what the protocol says; the connection to it is of no more use. */
final class LlrpException extends IOException {
  private static final long serialVersionUID = 1;

  private final String code;

  /**
   * @param code stable, such as {@code portal.silent}
   * @param message for a person: what, and what to do next
   */
  LlrpException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Returns what is thrown for bytes that are no LLRP. */
  static LlrpException malformed(String what) {
    return new LlrpException(
        "portal.bad-message", what + ": check that the address is that of an LLRP reader");
  }

  String code() {
    return code;
  }
}
