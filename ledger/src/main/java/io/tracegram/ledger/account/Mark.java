package io.tracegram.ledger.account;

/** What a person should know of one node's figures in an interval. */
public record Mark(String node, Kind kind) {
  /** Kinds of mark; the ordinal is the wire form. */
  public enum Kind {
    /** The meters below it counted more than itself, within their errors: scaled down. */
    RECONCILED,
    /** They counted more than their errors allow: its energy is not attributed. */
    IMBALANCE,
    /** A meter below it was not read: what it counted is in the node's unattributed part. */
    METER_MISSING,
    /** More was exported than came in: nothing is accounted. */
    NEGATIVE,
    /** An order at its workstation has no mass yet to share by: that energy is not attributed. */
    WEIGHT_MISSING
  }
}
