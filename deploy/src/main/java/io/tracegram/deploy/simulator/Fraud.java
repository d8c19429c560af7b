package io.tracegram.deploy.simulator;

/** What a dishonest hand tries on the floor, and the exception that must name it. */
enum Fraud {
  /** A lot that was used up is put in again under its copied label. */
  USED_TWICE("custody.lot-used-up"),
  /** The copied label is scanned at two places at once. */
  TWO_PLACES("custody.two-places"),
  /** The copied label is received as if it were other goods. */
  RECEIVED_TWICE("custody.lot-twice"),
  /** Material that never came in is put in under a label of its own. */
  UNKNOWN_MATERIAL("custody.unknown-lot"),
  /** More comes out than went in: foreign material under the name of ours. */
  MORE_THAN_WENT_IN("custody.mass-gate"),
  /** Less comes out than can be: a part was carried off. */
  DIVERTED("custody.yield");

  private final String code;

  Fraud(String code) {
    this.code = code;
  }

  /** Returns the code of the problem that the plant's accounts must raise. */
  String code() {
    return code;
  }

  /** Says whether the accounts refuse the scan, so that the floor goes on as if it were not. */
  boolean isRefused() {
    return this != DIVERTED;
  }
}
