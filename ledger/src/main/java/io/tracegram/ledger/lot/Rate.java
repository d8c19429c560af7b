package io.tracegram.ledger.lot;

/**
 * What is absorbed per unit of the key, as a fraction; immutable.
 *
 * @param key ≥ 0; with 0 nothing is absorbed
 */
public record Rate(Burden pool, long key) {
  public static final Rate NOTHING = new Rate(Burden.NONE, 0);

  /** Returns what so many units of the key absorb, each component rounded half to even. */
  public Burden of(long units) {
    return key == 0 || units == 0 ? Burden.NONE : pool.ratio(units, key);
  }
}
