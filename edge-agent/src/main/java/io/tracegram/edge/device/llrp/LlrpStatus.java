package io.tracegram.edge.device.llrp;

/**
 * What a reader says of a request. Immutable.
 *
 * @param code 0 if it did it
 * @param description the reader's own words, of any characters and length
 */
record LlrpStatus(int code, String description) {
  private static final int TYPE = 287;

  boolean isSuccess() {
    return code == 0;
  }

  /** Finds the status among a message's parameters. */
  static LlrpStatus read(Fields message) throws LlrpException {
    while (!message.isEmpty()) {
      Fields.Parameter parameter = message.parameter();
      if (parameter.type() == TYPE) {
        return new LlrpStatus(parameter.fields().u16(), parameter.fields().text());
      }
    }
    throw LlrpException.malformed("an answer without a status");
  }
}
