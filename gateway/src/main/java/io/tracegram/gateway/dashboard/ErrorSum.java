package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.CitedFactors.Part;
import io.tracegram.ledger.quality.U95;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The uncertainty of emissions by meter and factor. Single-threaded. */
final class ErrorSum {
  private static final U95 NONE = new U95(BigDecimal.ZERO);

  private final Subject subject;
  private final FactorSplit split;
  private final Map<String, TreeMap<String, Long>> amounts = new TreeMap<>();

  ErrorSum(Subject subject, FactorSplit split) {
    this.subject = subject;
    this.split = split;
  }

  /**
   * Adds a part of a posting.
   *
   * @param key of its factors
   */
  void add(String source, String key, long micrograms) {
    if (micrograms != 0) {
      amounts
          .computeIfAbsent(subject.measuredBy(source), absent -> new TreeMap<>())
          .merge(key, micrograms, Math::addExact);
    }
  }

  /** Writes that of the product, and that of its meters alone; null where it is not known. */
  void write(ObjectNode json, boolean known) {
    json.put("u95Percent", known ? percent(true).orElse(null) : null);
    json.put("metersU95Percent", known ? percent(false).orElse(null) : null);
  }

  private Optional<String> percent(boolean withFactors) {
    List<U95.Contribution> contributions = new ArrayList<>();
    for (Map.Entry<String, TreeMap<String, Long>> meter : amounts.entrySet()) {
      Optional<U95> error = subject.errorOf(meter.getKey());
      if (error.isEmpty()) {
        return Optional.empty();
      }
      Metered metered = new Metered(meter.getKey(), error.get());
      for (Map.Entry<String, Long> amount : meter.getValue().entrySet()) {
        Optional<List<U95.Contribution>> some =
            withFactors
                ? split.split(amount.getKey(), amount.getValue()).flatMap(metered::by)
                : Optional.of(List.of(metered.of(amount.getValue(), "", NONE)));
        if (some.isEmpty()) {
          return Optional.empty();
        }
        contributions.addAll(some.get());
      }
    }
    return U95.ofSum(contributions).map(sum -> Decimals.canonical(sum.rounded()));
  }

  /** What one meter brought about. */
  private record Metered(String meter, U95 error) {
    U95.Contribution of(long part, String factor, U95 factorError) {
      return new U95.Contribution(new Co2e(part), meter, error, factor, factorError);
    }

    /** Gives each factor its part; empty if one states no uncertainty. */
    Optional<List<U95.Contribution>> by(Map<Part, Long> split) {
      List<U95.Contribution> parts = new ArrayList<>();
      for (Map.Entry<Part, Long> part : split.entrySet()) {
        Optional<BigDecimal> percent = part.getKey().quality().u95Percent();
        if (percent.isEmpty()) {
          return Optional.empty();
        }
        parts.add(of(part.getValue(), part.getKey().name(), new U95(percent.get())));
      }
      return Optional.of(parts);
    }
  }
}
