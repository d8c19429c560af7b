package io.tracegram.gateway.dashboard;

import static io.tracegram.gateway.dashboard.LedgerPlant.factor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.plant.PlantModel;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What uncertainty the emissions of an hour have: accounting.md §6 and the vector of its §7. */
class UncertaintyApiTest {
  private static final String HOUR =
      "/api/v1/emissions?from=2026-03-02T08:00:00Z&to=2026-03-02T09:00:00Z&step=1h";

  /** A meter of 2 % has 1.96 · 2/√3 = 2.263 %; with a factor of 7 %: √(2.263² + 7²) = 7.357 %. */
  @Test
  void aMeterAndAFactorAreInQuadrature() throws Exception {
    JsonNode step = step(grid(certain("grid-year", "0.2", "7"), Optional.empty()), "");

    assertThat(step.path("metersU95Percent").textValue()).isEqualTo("2.263");
    assertThat(step.path("u95Percent").textValue()).isEqualTo("7.357");
  }

  @Test
  void aFactorWithoutAnUncertaintyLeavesTheProductsUnknownBesideTheMeters() throws Exception {
    JsonNode step = step(grid(factor("grid-year", "0.2"), Optional.empty()), "");

    assertThat(step.path("metersU95Percent").textValue()).isEqualTo("2.263");
    assertThat(step.path("u95Percent").isNull()).isTrue();
  }

  /**
   * 0.2 of 7 % and 0.05 of 20 %: √(1.4² + 1²)/0.25 = 6.882 %, with the meter's 2.263 %: 7.244 %.
   */
  @Test
  void theFactorsOfASumCountByTheirParts() throws Exception {
    PlantModel.Grid grid =
        grid(certain("grid-year", "0.2", "7"), Optional.of(certain("upstream", "0.05", "20")));

    assertThat(step(grid, "&basis=pcf-lifecycle&source=main").path("u95Percent").textValue())
        .isEqualTo("7.244");
  }

  /** Its own meter is another one, and what it measures is nothing on this basis. */
  @Test
  void whatEmitsNothingHasNoUncertainty() throws Exception {
    JsonNode step = step(grid(certain("grid-year", "0.2", "7"), Optional.empty()), "&source=roof");

    assertThat(step.at("/co2eKg/total").textValue()).isEqualTo("0");
    assertThat(step.path("u95Percent").isNull()).isTrue();
  }

  private static PlantModel.Grid grid(EmissionFactor factor, Optional<EmissionFactor> upstream) {
    return new PlantModel.Grid(
        Optional.of(factor), "grid", Optional.empty(), upstream, Optional.empty(), false);
  }

  private static EmissionFactor certain(String id, String value, String percent) {
    return factor(id, value).withU95Percent(Optional.of(new BigDecimal(percent)));
  }

  private static JsonNode step(PlantModel.Grid grid, String query) throws Exception {
    LedgerPlant plant = new LedgerPlant(LedgerPlant.plant(grid, "2"));
    try (SampleGateway gateway = new SampleGateway(plant.model(), 0)) {
      return new Http(gateway.url()).json(HOUR + query).at("/steps/0");
    }
  }
}
