package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.CitedFactors;
import io.tracegram.ledger.account.CitedFactors.Part;
import io.tracegram.ledger.account.Market;
import io.tracegram.ledger.account.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Splits what prices brought about into the factors that they cite. Single-threaded. */
final class FactorSplit {
  /** Stands for a factor that no account names. */
  static final String UNNAMED = "";

  private final Optional<CitedFactors> plant;
  private final Map<String, Optional<List<Part>>> factors = new HashMap<>();

  FactorSplit(Subject subject) {
    plant = subject.plant().map(known -> new CitedFactors(known, subject.stated()));
  }

  /** Returns a key that prices of the same factors in the same proportions share. */
  String key(Price price, Optional<ClosedInterval.Month> month) {
    Optional<Market> market = month.flatMap(ClosedInterval.Month::market);
    boolean covered = market.filter(it -> it.portfolio().equals(price.factor())).isPresent();
    String key = covered ? price.factor() + " of " + month.get().fromMillis() : price.factor();
    factors.computeIfAbsent(key, absent -> plant.flatMap(known -> known.of(price, market)));
    return key;
  }

  /** Returns each factor's part of an amount, none of which is zero; empty if one is not known. */
  Optional<Map<Part, Long>> split(String key, long micrograms) {
    return factors.getOrDefault(key, Optional.empty()).map(parts -> split(parts, micrograms));
  }

  private static Map<Part, Long> split(List<Part> parts, long micrograms) {
    BigDecimal sum = parts.stream().map(Part::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
    Map<Part, Long> split = new LinkedHashMap<>();
    for (Part part : parts) {
      if (part.weight().signum() > 0) {
        long amount =
            part.weight()
                .multiply(BigDecimal.valueOf(micrograms))
                .divide(sum, 0, RoundingMode.HALF_EVEN)
                .longValueExact();
        split.merge(part, amount, Math::addExact);
      }
    }
    return split;
  }
}
