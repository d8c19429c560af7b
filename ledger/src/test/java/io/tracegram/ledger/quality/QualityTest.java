package io.tracegram.ledger.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tracegram.ledger.quality.PrimaryDataPolicy.Origin;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QualityTest {
  private static final U95 NONE = new U95(BigDecimal.ZERO);

  private static U95 percent(String value) {
    return new U95(new BigDecimal(value));
  }

  private static U95.Contribution of(
      long co2e, String meter, U95 meterError, String factor, U95 factorError) {
    return new U95.Contribution(new Co2e(co2e), meter, meterError, factor, factorError);
  }

  @Test
  void takesAClassBMeterFor2263PercentAndWithASevenPercentFactorFor7357() {
    U95 meter = U95.ofAccuracyClass(new BigDecimal("2"));

    assertThat(meter.rounded()).isEqualTo("2.263");
    assertThat(meter.times(percent("7")).rounded()).isEqualTo("7.357");
    assertThat(U95.ofSum(List.of(of(5, "m", meter, "f", percent("7")))).orElseThrow().rounded())
        .isEqualTo("7.357");
  }

  @Test
  void addsErrorsOfOneMeterLinearlyAndOfTwoInQuadrature() {
    U95 two = percent("2");

    assertThat(U95.ofSum(List.of(of(3, "a", two, "f", NONE), of(4, "a", two, "f", NONE))))
        .map(U95::rounded)
        .contains(new BigDecimal("2.000"));
    // √(6² + 8²) / 7 = 10 / 7
    assertThat(U95.ofSum(List.of(of(3, "a", two, "f", NONE), of(4, "b", two, "f", NONE))))
        .map(U95::rounded)
        .contains(new BigDecimal("1.429"));
  }

  @Test
  void addsErrorsOfOneFactorLinearlyOverMeters() {
    U95 seven = percent("7");

    assertThat(U95.ofSum(List.of(of(3, "a", NONE, "f", seven), of(4, "b", NONE, "f", seven))))
        .map(U95::rounded)
        .contains(new BigDecimal("7.000"));
    assertThat(U95.ofSum(List.of(of(0, "a", NONE, "f", seven)))).isEmpty();
  }

  @Property
  void givesTheSameUncertaintyInWhateverOrder(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 1_000_000) Integer> amounts) {
    List<U95.Contribution> contributions =
        IntStream.range(0, amounts.size())
            .mapToObj(
                i -> of(amounts.get(i), "m" + i % 3, percent("1." + i), "f" + i % 2, percent("5")))
            .toList();

    assertThat(U95.ofSum(contributions.reversed())).isEqualTo(U95.ofSum(contributions));
    assertThat(U95.ofSum(contributions).orElseThrow().percent())
        .isLessThanOrEqualTo(new BigDecimal("6"));
  }

  @Test
  void flagsMoreThanATenthEstimated() {
    assertThat(EstimatedShare.of(new Energy(10), new Energy(100)))
        .contains(new EstimatedShare(new BigDecimal("10.000"), false));
    assertThat(EstimatedShare.of(new Energy(100_001), new Energy(1_000_000)))
        .as("10.0001 %")
        .contains(new EstimatedShare(new BigDecimal("10.000"), true));
    assertThat(EstimatedShare.of(Energy.ZERO, Energy.ZERO)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EstimatedShare.of(new Energy(2), new Energy(1)));
  }

  @Test
  void carriesThePrimaryShareOfABlend() {
    BigDecimal share =
        PrimaryDataShare.percent(
                List.of(
                    new PrimaryDataShare.Part(new Co2e(1_200), new BigDecimal("80")),
                    new PrimaryDataShare.Part(new Co2e(2_000), new BigDecimal("10")),
                    new PrimaryDataShare.Part(new Co2e(100), new BigDecimal("100")),
                    new PrimaryDataShare.Part(new Co2e(2), BigDecimal.ZERO)))
            .orElseThrow();

    assertThat(share).as("1260 / 3302").isEqualTo("38.159");
    assertThat(share.setScale(2, RoundingMode.HALF_EVEN)).isEqualTo("38.16");
    assertThat(PrimaryDataShare.percent(List.of())).isEmpty();
  }

  @Test
  void countsMeteredEnergyAtTheGridsAverageUnderActivityOnly() {
    Co2e one = new Co2e(1);

    assertThat(List.of(Origin.values()))
        .filteredOn(PrimaryDataPolicy.STRICT::isPrimary)
        .containsExactly(Origin.METERED_OWN_FACTOR);
    assertThat(List.of(Origin.values()))
        .filteredOn(PrimaryDataPolicy.ACTIVITY::isPrimary)
        .containsExactly(Origin.METERED_OWN_FACTOR, Origin.METERED_AVERAGE_FACTOR);
    assertThat(
            PrimaryDataShare.percent(
                List.of(
                    PrimaryDataShare.Part.of(
                        one, Origin.METERED_AVERAGE_FACTOR, PrimaryDataPolicy.ACTIVITY),
                    PrimaryDataShare.Part.of(one, Origin.SECONDARY, PrimaryDataPolicy.ACTIVITY))))
        .contains(new BigDecimal("50.000"));
  }

  @Test
  void weighsRatingsByEmissions() {
    assertThat(
            DataQualityRating.mean(
                List.of(
                    new DataQualityRating.Part(new Co2e(3), new DataQualityRating(1, 1, 2)),
                    new DataQualityRating.Part(new Co2e(1), new DataQualityRating(3, 1, 3)))))
        .contains(
            new DataQualityRating.Mean(
                new BigDecimal("1.500"),
                new BigDecimal("1.000"),
                new BigDecimal("2.250"),
                new BigDecimal("1.583")));
    assertThat(DataQualityRating.mean(Collections.emptyList())).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new DataQualityRating(0, 1, 1));
  }
}
