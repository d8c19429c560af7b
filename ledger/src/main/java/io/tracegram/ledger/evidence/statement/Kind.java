package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.cbor.MalformedException;

/** What a statement says; the number is its wire form and never reused. */
public enum Kind {
  READINGS(1, Author.AGENT),
  WEIGHT(2, Author.AGENT),
  SCAN(3, Author.AGENT),
  TAG_READ(4, Author.AGENT),
  GAP(6, Author.AGENT),
  HEARTBEAT(7, Author.AGENT),
  DEVICE_STATUS(8, Author.AGENT),
  CALCULATOR(32, Author.GATEWAY),
  KEY_REGISTERED(33, Author.GATEWAY),
  PLANT_MODEL(37, Author.GATEWAY),
  FACTOR_SET(38, Author.GATEWAY),
  CUSTODY_EVENT(39, Author.GATEWAY),
  INTERVAL_CLOSE(40, Author.GATEWAY),
  PERIOD_CLOSE(41, Author.GATEWAY),
  ACCOUNT(42, Author.GATEWAY),
  LOT_PASSPORT(44, Author.GATEWAY),
  SUPPLIER_FOOTPRINT(45, Author.GATEWAY),
  EPCIS_CAPTURE(46, Author.GATEWAY),
  IMPORTED(47, Author.GATEWAY),
  PART(48, Author.GATEWAY),
  MANUAL_ENTRY(49, Author.GATEWAY),
  APPROVAL(50, Author.GATEWAY),
  MATERIAL_CLAIM(51, Author.GATEWAY),
  CLAIM_WITHDRAWAL(52, Author.GATEWAY),
  DECLARATION(64, Author.CLOUD);

  /** Who may say it. */
  public enum Author {
    AGENT,
    GATEWAY,
    CLOUD
  }

  private final int number;
  private final Author author;

  Kind(int number, Author author) {
    this.number = number;
    this.author = author;
  }

  public int number() {
    return number;
  }

  public Author author() {
    return author;
  }

  static Kind of(long number) {
    for (Kind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new MalformedException("unknown statement kind " + number);
  }
}
