package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.CitedFactors;
import io.tracegram.ledger.account.Price;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.quality.U95;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The uncertainty of emissions by meter and factor. Single-threaded. */
final class ErrorSum {
  private static final U95 NONE = new U95(BigDecimal.ZERO);

  private final Subject subject;
  private final Optional<CitedFactors> plant;
  private final Map<String, TreeMap<String, Long>> amounts = new TreeMap<>();
  private final Map<String, Optional<List<EmissionFactor>>> factors = new TreeMap<>();

  ErrorSum(Subject subject) {
    this.subject = subject;
    this.plant = subject.plant().map(CitedFactors::new);
  }

  /** Adds a part of a posting. */
  void add(String source, Price price, long micrograms) {
    factors.computeIfAbsent(price.factor(), key -> plant.flatMap(known -> known.of(price)));
    add(source, price.factor(), micrograms);
  }

  /** Adds what was priced by a factor that no account names. */
  void add(String source, long micrograms) {
    factors.putIfAbsent("", Optional.empty());
    add(source, "", micrograms);
  }

  private void add(String source, String factor, long micrograms) {
    if (micrograms != 0) {
      amounts
          .computeIfAbsent(subject.measuredBy(source), key -> new TreeMap<>())
          .merge(factor, micrograms, Math::addExact);
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
      for (Map.Entry<String, Long> amount : meter.getValue().entrySet()) {
        Cited cited = new Cited(meter.getKey(), error.get(), amount.getValue());
        Optional<List<U95.Contribution>> some =
            withFactors
                ? factors.getOrDefault(amount.getKey(), Optional.empty()).flatMap(cited::by)
                : Optional.of(List.of(cited.of(amount.getValue(), "", NONE)));
        if (some.isEmpty()) {
          return Optional.empty();
        }
        contributions.addAll(some.get());
      }
    }
    return U95.ofSum(contributions).map(sum -> Decimals.canonical(sum.rounded()));
  }

  /** What one meter and one price brought about. */
  private record Cited(String meter, U95 meterError, long micrograms) {
    U95.Contribution of(long part, String factor, U95 factorError) {
      return new U95.Contribution(new Co2e(part), meter, meterError, factor, factorError);
    }

    /** Gives each factor of a sum its part; empty if one states no uncertainty. */
    Optional<List<U95.Contribution>> by(List<EmissionFactor> factors) {
      BigDecimal sum =
          factors.stream().map(EmissionFactor::kgPerUnit).reduce(BigDecimal.ZERO, BigDecimal::add);
      List<U95.Contribution> parts = new ArrayList<>();
      for (EmissionFactor factor : factors) {
        if (factor.u95Percent().isEmpty() || sum.signum() == 0) {
          return Optional.empty();
        }
        long part =
            factors.size() == 1
                ? micrograms
                : factor
                    .kgPerUnit()
                    .multiply(BigDecimal.valueOf(micrograms))
                    .divide(sum, 0, RoundingMode.HALF_EVEN)
                    .longValueExact();
        parts.add(of(part, factor.citation(), new U95(factor.u95Percent().get())));
      }
      return Optional.of(parts);
    }
  }
}
