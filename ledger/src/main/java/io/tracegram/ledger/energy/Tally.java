package io.tracegram.ledger.energy;

/** Sums up one slice. Single-threaded. */
final class Tally {
  private long measured;
  private long interpolated;
  private long estimated;
  private long imported;
  private long unknownUpTo;
  private long measuredMillis;
  private long interpolatedMillis;
  private long estimatedMillis;
  private long missingMillis;

  void known(long energy, long millis, boolean bridged, boolean isImported) {
    if (bridged) {
      interpolated += energy;
      interpolatedMillis += millis;
    } else {
      measured += energy;
      measuredMillis += millis;
    }
    imported += isImported ? energy : 0;
  }

  void unknown(long upTo, long millis) {
    unknownUpTo += upTo;
    missingMillis += millis;
  }

  /** Fills time that was counted as unknown. */
  void estimate(long energy, long millis) {
    estimated += energy;
    estimatedMillis += millis;
    missingMillis -= millis;
  }

  Slice slice() {
    return new Slice(
        measured,
        interpolated,
        estimated,
        imported,
        unknownUpTo,
        measuredMillis,
        interpolatedMillis,
        estimatedMillis,
        missingMillis);
  }
}
