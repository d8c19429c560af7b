package io.tracegram.ledger.energy;

/** What the energy of a stretch of time rests on, best first. */
public enum Quality {
  /** Between readings that are no further apart than the meter's gap. */
  MEASURED,
  /** The total is known by the readings around a gap, its course is assumed. */
  INTERPOLATED,
  /** Stated by a person with a method; no reading bridges it. */
  ESTIMATED,
  /** Unknown within bounds. */
  MISSING
}
