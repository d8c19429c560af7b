package io.tracegram.runtime.pact;

import io.tracegram.ledger.quantity.Decimals;
import io.tracegram.runtime.pact.PactFields.Sign;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sums that a carbon footprint must keep exactly (PACT Methodology 3.3.1). Stateless. */
final class PactIdentity {
  /** A term of the footprint without the biogenic uptake. */
  private record Term(String name, Sign sign) {}

  private static final List<Term> TERMS =
      List.of(
          new Term("landUseChangeGhgEmissions", Sign.NOT_NEGATIVE),
          new Term("landManagementBiogenicCO2Emissions", Sign.NOT_NEGATIVE),
          new Term("landManagementBiogenicCO2Removals", Sign.NOT_POSITIVE),
          new Term("technologicalCO2Removals", Sign.NOT_POSITIVE),
          new Term("ccsTechnologicalCO2Capture", Sign.NOT_POSITIVE),
          new Term("biogenicNonCO2Emissions", Sign.NOT_NEGATIVE));

  private PactIdentity() {}

  /** Returns the footprint without the biogenic uptake, kg CO2e, if it is the sum of its terms. */
  static Optional<BigDecimal> excluding(PactFields pcf) {
    pcf.decimal("fossilCarbonContent", Sign.NOT_NEGATIVE);
    Optional<BigDecimal> excluding = pcf.decimal("pcfExcludingBiogenicUptake", Sign.NOT_NEGATIVE);
    Optional<BigDecimal> including = pcf.decimal("pcfIncludingBiogenicUptake", Sign.ANY);
    List<Optional<BigDecimal>> terms = new ArrayList<>();
    terms.add(pcf.decimal("fossilGhgEmissions", Sign.NOT_NEGATIVE));
    TERMS.forEach(term -> terms.add(pcf.decimalOrZero(term.name, term.sign)));
    Optional<BigDecimal> uptake = pcf.decimalOrZero("biogenicCO2Uptake", Sign.NOT_POSITIVE);
    if (excluding.isEmpty()) {
      return excluding;
    }
    boolean adds =
        !terms.stream().allMatch(Optional::isPresent)
            || isSum(pcf, "pcfExcludingBiogenicUptake", excluding.get(), sum(terms));
    if (including.isPresent() && uptake.isPresent()) {
      BigDecimal sum = excluding.get().add(uptake.get());
      adds &= isSum(pcf, "pcfIncludingBiogenicUptake", including.get(), sum);
    }
    return adds ? excluding : Optional.empty();
  }

  private static BigDecimal sum(List<Optional<BigDecimal>> terms) {
    return terms.stream().flatMap(Optional::stream).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static boolean isSum(PactFields pcf, String name, BigDecimal said, BigDecimal sum) {
    if (said.compareTo(sum) == 0) {
      return true;
    }
    pcf.fault(
        name,
        "is %s, and its terms are %s together"
            .formatted(Decimals.canonical(said), Decimals.canonical(sum)));
    return false;
  }
}
