package io.tracegram.gateway.replicate;

/** A mirror or witness holds another or a longer history of our log than we do. */
final class ForkException extends Exception {
  ForkException(String whatToDo) {
    super(whatToDo);
  }

  /** Returns what happened, and what a person should do. */
  String whatToDo() {
    return String.valueOf(getMessage());
  }
}
