package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.cbor.MalformedException;

/** What a series of readings counts; the number is the wire form. */
public enum Register {
  /** Cumulative energy imported, mWh: the source of every energy figure. */
  ENERGY_IMPORT(1, true),
  /** Cumulative energy exported, mWh. */
  ENERGY_EXPORT(2, true),
  /** Active power, mW: informative, never integrated. */
  POWER(3, false);

  private final int number;
  private final boolean cumulative;

  Register(int number, boolean cumulative) {
    this.number = number;
    this.cumulative = cumulative;
  }

  public int number() {
    return number;
  }

  public boolean cumulative() {
    return cumulative;
  }

  static Register of(long number) {
    for (Register register : values()) {
      if (register.number == number) {
        return register;
      }
    }
    throw new MalformedException("unknown register " + number);
  }
}
