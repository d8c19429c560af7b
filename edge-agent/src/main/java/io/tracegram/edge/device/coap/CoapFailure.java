package io.tracegram.edge.device.coap;

/** Why a meter gives no value. */
final class CoapFailure extends Exception {
  private static final long serialVersionUID = 1;
  private final String code;

  /**
   * @param code stable, as an observation's
   * @param reason for a person
   */
  CoapFailure(String code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
