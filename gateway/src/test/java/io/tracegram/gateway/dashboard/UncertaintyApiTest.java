package io.tracegram.gateway.dashboard;

import static io.tracegram.gateway.dashboard.LedgerPlant.factor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.emission.IntensitySeries;
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

  /** 10 % of a series and the meter's 2.263 %: √(2.263² + 10²) = 10.253 %. */
  @Test
  void aSeriesHasTheUncertaintyThatIsStatedOfIt() throws Exception {
    LedgerPlant plant = new LedgerPlant(LedgerPlant.plant(GRID, "2"));
    String quarter =
        "/api/v1/emissions?from=2026-03-02T08:00:00Z&to=2026-03-02T08:15:00Z&basis=lb-hourly";
    assertThat(ask(plant, quarter).path("u95Percent").isNull()).isTrue();

    long leaf =
        plant.price(
            quality("10"), new IntensitySeries.Slot(LedgerPlant.START, 100_000_000_000L, false));

    assertThat(ask(plant, quarter).path("u95Percent").textValue()).isEqualTo("10.253");
    assertThat(ask(plant, quarter + "&asOf=" + leaf).path("u95Percent").isNull())
        .as("before that leaf")
        .isTrue();
  }

  /**
   * 16 kWh of a contract at 0.1 of 5 % are 1.6 kg, 16 kWh of the residual mix at 0.5 of 10 % are 8
   * kg: √((1.6·5)² + (8·10)²)/9.6 = 8.375 %, with the meter's 2.263 %: 8.675 %.
   */
  @Test
  void instrumentsCountByWhatTheyCovered() throws Exception {
    LedgerPlant plant = new LedgerPlant(LedgerPlant.plant(GRID, "2"));
    plant.contract(16, certain("ppa", "0.1", "5"));
    plant.closeHour();

    JsonNode step = ask(plant, HOUR + "&basis=mb-annual");
    assertThat(step.at("/co2eKg/total").textValue()).isEqualTo("9.6");
    assertThat(step.path("u95Percent").textValue()).isEqualTo("8.675");
  }

  @Test
  void anInstrumentWithoutAnUncertaintyLeavesItUnknown() throws Exception {
    LedgerPlant plant = new LedgerPlant(LedgerPlant.plant(GRID, "2"));
    plant.contract(16, factor("ppa", "0.1"));
    plant.closeHour();

    assertThat(ask(plant, HOUR + "&basis=mb-annual").path("u95Percent").isNull()).isTrue();
  }

  private static final PlantModel.Grid GRID =
      new PlantModel.Grid(
          Optional.of(factor("grid-year", "0.2")),
          "grid",
          Optional.of(certain("residual-mix", "0.5", "10")),
          Optional.empty(),
          Optional.empty(),
          false);

  private static PlantModel.Grid grid(EmissionFactor factor, Optional<EmissionFactor> upstream) {
    return new PlantModel.Grid(
        Optional.of(factor), "grid", Optional.empty(), upstream, Optional.empty(), false);
  }

  private static EmissionFactor certain(String id, String value, String percent) {
    return factor(id, value).with(quality(percent));
  }

  private static FactorQuality quality(String percent) {
    return new FactorQuality(Optional.of(new BigDecimal(percent)), Optional.empty());
  }

  private static JsonNode step(PlantModel.Grid grid, String query) throws Exception {
    return ask(new LedgerPlant(LedgerPlant.plant(grid, "2")), HOUR + query);
  }

  private static JsonNode ask(LedgerPlant plant, String path) throws Exception {
    try (SampleGateway gateway = new SampleGateway(plant.model(), 0)) {
      return new Http(gateway.url()).json(path).at("/steps/0");
    }
  }
}
