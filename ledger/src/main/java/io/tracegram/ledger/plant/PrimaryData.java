package io.tracegram.ledger.plant;

/** What counts as primary data, as a named policy; the ordinal is the wire form. */
public enum PrimaryData {
  /** Metered activity is primary, whatever factor prices it. */
  ACTIVITY,
  /**
   * What was metered and is priced by an average is not: bought energy, and what is upstream of any
   * energy.
   */
  STRICT
}
