package io.tracegram.ledger.energy;

/**
 * The energy of a stretch of time and what it rests on.
 *
 * <p>The four qualities share the time without remainder, and measured + interpolated + estimated
 * energy is {@link #energy()}, exactly. Slices of consecutive stretches add up in every component.
 *
 * @param measured mWh
 * @param interpolated mWh
 * @param estimated mWh
 * @param imported the part of measured and interpolated in mWh that rests on an imported reading
 * @param unknownUpTo the most that can have been counted in the estimated and missing time, mWh
 * @param measuredMillis time that is measured
 * @param interpolatedMillis time that is interpolated
 * @param estimatedMillis time that is estimated
 * @param missingMillis time of which nothing is known
 */
public record Slice(
    long measured,
    long interpolated,
    long estimated,
    long imported,
    long unknownUpTo,
    long measuredMillis,
    long interpolatedMillis,
    long estimatedMillis,
    long missingMillis) {

  /** Returns the energy in mWh, without what is missing. */
  public long energy() {
    return measured + interpolated + estimated;
  }

  /** Returns the worst quality of any of its time. */
  public Quality worst() {
    if (missingMillis > 0) {
      return Quality.MISSING;
    } else if (estimatedMillis > 0) {
      return Quality.ESTIMATED;
    }
    return interpolatedMillis > 0 ? Quality.INTERPOLATED : Quality.MEASURED;
  }
}
