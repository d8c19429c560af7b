package io.tracegram.ledger.account;

/** Of the GHG Protocol; the ordinal is the wire form. */
public enum Scope {
  /** Emitted here. */
  SCOPE_1,
  /** Emitted where bought energy is made. */
  SCOPE_2
}
