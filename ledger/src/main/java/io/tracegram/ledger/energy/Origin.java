package io.tracegram.ledger.energy;

/** How a reading of a register came into the log. */
public enum Origin {
  /** Read and signed by an agent. */
  METERED,
  /** Taken over from a file. */
  IMPORTED
}
