package io.tracegram.runtime.senml;

/** Why a pack is refused. */
final class SenmlRefusal extends Exception {
  private static final long serialVersionUID = 1;
  private final String code;

  /**
   * @param code stable
   * @param reason for a person
   */
  SenmlRefusal(String code, String reason) {
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
