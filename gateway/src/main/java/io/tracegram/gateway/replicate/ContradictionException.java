package io.tracegram.gateway.replicate;

/**
 * A mirror or witness contradicts us: what it said stands in the message. Whether it can prove it
 * is {@link ForkCheck}'s to find out; until then it has proven nothing.
 */
final class ContradictionException extends Exception {
  private final String answer;

  /**
   * @param said what it said, for a person
   * @param answer the body of its answer, which may carry a checkpoint as proof
   */
  ContradictionException(String said, String answer) {
    super(said);
    this.answer = answer;
  }

  String said() {
    return String.valueOf(getMessage());
  }

  String answer() {
    return answer;
  }
}
