package io.tracegram.ledger.plant;

/**
 * How lots take up what a facility emitted for no lot in particular: idle, overhead and what could
 * not be attributed.
 */
public record Absorption(Policy policy, Key key) {
  /** What a plant that says nothing does. */
  public static final Absorption DEFAULT = new Absorption(Policy.PREDETERMINED, Key.DIRECT_ENERGY);

  /** When the rate is known; the ordinal is the wire form. */
  public enum Policy {
    /** The last closed period's rate, so that a lot is final at once; the rest is a variance. */
    PREDETERMINED,
    /** The period's own rate: a lot is final once its period is closed. */
    ACTUAL,
    /** Nothing is absorbed: the pool stays beside the lots. */
    NONE
  }

  /** What is counted of each order; the ordinal is the wire form. */
  public enum Key {
    /** Direct electric energy, mWh. */
    DIRECT_ENERGY,
    /** Time at the workstation, ms. */
    MACHINE_TIME,
    /** Mass put in, mg. */
    MASS
  }
}
