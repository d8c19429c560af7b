package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import java.util.List;

/** Tells a person which bases lack a factor, or fuel that was read. Stateless. */
final class FactorProblems {
  private static final String CODE = "emission.factor-missing";
  private static final String FUEL = "emission.fuel-missing";

  private FactorProblems() {}

  static void raise(ProblemBook problems, FacilityInterval interval, long leaf) {
    for (String fuel : unread(interval)) {
      problems.raise(
          FUEL,
          fuel,
          "the fuel of combined heat and power was not read",
          "the CO2e of those intervals is unknown on every basis; it is never zero",
          "look after the meter; a later reading bridges the gap and restates them",
          interval.startMillis(),
          1,
          leaf);
    }
    for (Basis basis : interval.bases()) {
      if (lacks(interval, basis)) {
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

  private static boolean lacks(FacilityInterval interval, Basis basis) {
    return interval.postings().stream()
        .anyMatch(
            posting ->
                posting
                    .price(basis)
                    .map(price -> price.co2e().isEmpty() && !isUnread(price))
                    .orElse(true));
  }

  private static List<String> unread(FacilityInterval interval) {
    return interval.postings().stream()
        .flatMap(posting -> posting.prices().stream())
        .filter(FactorProblems::isUnread)
        .map(price -> price.factor().substring(FuelRun.UNREAD.length()))
        .distinct()
        .toList();
  }

  private static boolean isUnread(Price price) {
    return price.co2e().isEmpty() && price.factor().startsWith(FuelRun.UNREAD);
  }

  /** Clears what was restated wholly. */
  static void clear(ProblemBook problems, Totals totals) {
    for (Basis basis : Basis.values()) {
      if (totals.bases().getOrDefault(basis, Totals.OfBasis.NONE).unknown() == 0) {
        problems.clear(CODE, basis.name());
      }
    }
    if (totals.bases().values().stream().allMatch(sum -> sum.unknown() == 0)) {
      problems.clear(FUEL);
    }
  }
}
