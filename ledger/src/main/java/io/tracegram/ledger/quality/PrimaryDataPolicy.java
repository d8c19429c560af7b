package io.tracegram.ledger.quality;

/** What counts as primary data; published with the figure. The ordinal is the wire form. */
public enum PrimaryDataPolicy {
  /** Metered activity and a factor that was itself measured. */
  STRICT,
  /** Metered activity, also where an average factor prices it. */
  ACTIVITY;

  /** How a posting came about; the ordinal is the wire form. */
  public enum Origin {
    /** Metered, with a factor of the very source, such as a contract's or a fuel analysis. */
    METERED_OWN_FACTOR,
    /** Metered, with an average factor, such as the grid's. */
    METERED_AVERAGE_FACTOR,
    /** Not metered, or a database value as a whole. */
    SECONDARY
  }

  /** Returns whether a posting of this origin is primary. */
  public boolean isPrimary(Origin origin) {
    return switch (origin) {
      case METERED_OWN_FACTOR -> true;
      case METERED_AVERAGE_FACTOR -> this == ACTIVITY;
      case SECONDARY -> false;
    };
  }
}
