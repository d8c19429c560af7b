package io.tracegram.ledger.energy;

/** Decides whether one reading can be the register some time after another. Single-threaded. */
final class Succession {
  private final Limits limits;
  private final long modulus;
  private final Samples samples;
  private final Discontinuities discontinuities;
  private SampleOutcome means = SampleOutcome.ACCEPTED;

  Succession(Limits limits, Samples samples, Discontinuities discontinuities) {
    this.limits = limits;
    this.modulus = limits.modulus().orElse(0);
    this.samples = samples;
    this.discontinuities = discontinuities;
  }

  /**
   * Returns what was counted from reading a to the later reading b in mWh, or -1 if b does not
   * follow: tried in order are declared resets between them, a plain rise, the modulus.
   */
  long counted(int a, int b) {
    long from = samples.time(a);
    long to = samples.time(b);
    long value = samples.value(a);
    long next = samples.value(b);
    long cap = cap(a, b);
    if (discontinuities.anyIn(from, to)) {
      means = SampleOutcome.RESET_DECLARED;
      long counted = discontinuities.counted(from, value, to, next, cap);
      if (counted >= 0) {
        return counted;
      }
    }
    long rise = next - value;
    if (rise >= 0) {
      means = SampleOutcome.ACCEPTED;
      return rise <= cap ? rise : -1;
    }
    means = SampleOutcome.ROLLOVER;
    return modulus > 0 && rise + modulus <= cap ? rise + modulus : -1;
  }

  /** Returns by what the last b that followed did so: ACCEPTED, ROLLOVER or RESET_DECLARED. */
  SampleOutcome means() {
    return means;
  }

  /** Returns the most that can be counted from reading a to the later reading b, mWh. */
  long cap(int a, int b) {
    long resolution = Math.max(samples.resolution(a), samples.resolution(b));
    return limits.most(samples.time(b) - samples.time(a))
        + Math.min(Limits.MOST_RESOLUTION, resolution);
  }

  /** Returns the marks of a known segment from reading a to reading b. */
  int known(int a, int b) {
    boolean gap = samples.time(b) - samples.time(a) > limits.maxGapMillis();
    return Samples.JOINED | (gap ? Samples.INTERPOLATED : 0) | imported(a, b);
  }

  /** Returns the marks of an unknown segment from reading a to reading b. */
  int unknown(int a, int b) {
    return Samples.RESET | imported(a, b);
  }

  private int imported(int a, int b) {
    return ((samples.flags(a) | samples.flags(b)) & Samples.FROM_IMPORT) << 1;
  }
}
