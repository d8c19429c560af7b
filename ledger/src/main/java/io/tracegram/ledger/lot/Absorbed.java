package io.tracegram.ledger.lot;

/**
 * A period's overhead and what its lots absorbed of it; immutable. {@code opening + pool + late =
 * absorbed + closing}, exactly.
 *
 * @param fromMillis ms since 1970 UTC
 * @param toMillis exclusive
 * @param opening variance of the period before; none before the first that absorbed something
 * @param pool idle, overhead and unattributed of its intervals, and scrap without a product
 * @param late cost of lots that were final, too small to restate them
 * @param absorbed by lots whose production ended in it
 * @param key units by which they did
 */
public record Absorbed(
    long fromMillis,
    long toMillis,
    Burden opening,
    Cost pool,
    Burden late,
    Burden absorbed,
    long key) {

  /** Returns the variance that the next period opens with. */
  public Burden closing() {
    return opening.plus(pool.burden()).plus(late).minus(absorbed);
  }

  /** Returns the rate of the lots that follow: pool and closing variance over the key. */
  Rate next() {
    return new Rate(pool.burden().plus(closing()), key);
  }

  Absorbed opening(Burden variance) {
    return new Absorbed(fromMillis, toMillis, variance, pool, late, absorbed, key);
  }

  Absorbed plus(Slot slot) {
    return new Absorbed(
        fromMillis,
        toMillis,
        opening,
        pool.plus(slot.pool()),
        late.plus(slot.late()),
        absorbed.plus(slot.absorbed()),
        Math.addExact(key, slot.key()));
  }

  /** Part of a period. */
  record Slot(Cost pool, Burden late, Burden absorbed, long key) {
    static final Slot NONE = new Slot(Cost.NONE, Burden.NONE, Burden.NONE, 0);

    static Slot pool(Cost more) {
      return new Slot(more, Burden.NONE, Burden.NONE, 0);
    }

    static Slot late(Burden more) {
      return new Slot(Cost.NONE, more.but(0), Burden.NONE, 0);
    }

    static Slot absorbed(Burden more, long key) {
      return new Slot(Cost.NONE, Burden.NONE, more.but(0), key);
    }

    Slot minus(Slot other) {
      return new Slot(
          pool.minus(other.pool),
          late.minus(other.late),
          absorbed.minus(other.absorbed),
          Math.subtractExact(key, other.key));
    }

    Slot plus(Slot other) {
      return new Slot(
          pool.plus(other.pool),
          late.plus(other.late),
          absorbed.plus(other.absorbed),
          Math.addExact(key, other.key));
    }
  }
}
