package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;

/** Tells a person which bases lack a factor. Stateless. */
final class FactorProblems {
  private static final String CODE = "emission.factor-missing";

  private FactorProblems() {}

  static void raise(ProblemBook problems, FacilityInterval interval, long leaf) {
    for (Basis basis : interval.bases()) {
      if (interval.co2e(basis).isEmpty()) {
        problems.raise(
            CODE,
            basis.name(),
            "no factor is known for an interval, or for one of its sources",
            "the CO2e of those intervals is unknown on this basis; it is never zero",
            "give the plant a factor, or import the intensities of the missing slots",
            interval.startMillis(),
            1,
            leaf);
      }
    }
  }

  /** Clears what was restated wholly. */
  static void clear(ProblemBook problems, Totals totals) {
    for (Basis basis : Basis.values()) {
      if (totals.bases().getOrDefault(basis, Totals.OfBasis.NONE).unknown() == 0) {
        problems.clear(CODE, basis.name());
      }
    }
  }
}
