package io.tracegram.gateway.dashboard;

import static io.tracegram.gateway.dashboard.LedgerPlant.factor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quality.DataQualityRating;
import io.tracegram.runtime.web.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How well factors represent what they price, beside the other three numbers. */
class RatingApiTest {
  private static final String HOUR = "from=2026-03-02T08:00:00Z&to=2026-03-02T09:00:00Z&step=1h";
  private static final EmissionFactor YEAR = rated("grid-year", "0.2", 1, 2, 3);

  @Test
  void theRatingOfAFactorIsThatOfWhatItPrices() throws Exception {
    JsonNode step = emissions(plant(YEAR, Optional.empty()), "");

    assertThat(step.path("dataQualityRating")).isEqualTo(rating("1", "2", "3", "2"));
    assertThat(step.path("u95Percent").isNull()).as("the numbers are never merged").isTrue();
  }

  /**
   * 0.2 of (1, 2, 3) and 0.05 of (3, 3, 3): technological (0.2·1 + 0.05·3)/0.25 = 1.4, temporal
   * (0.4 + 0.15)/0.25 = 2.2, geographical 3, overall 2.2.
   */
  @Test
  void theFactorsOfASumCountByTheirParts() throws Exception {
    LedgerPlant plant = plant(YEAR, Optional.of(rated("upstream", "0.05", 3, 3, 3)));

    assertThat(emissions(plant, "&basis=pcf-lifecycle&source=main").path("dataQualityRating"))
        .isEqualTo(rating("1.4", "2.2", "3", "2.2"));
  }

  @Test
  void saysHowMuchIsUnrated() throws Exception {
    JsonNode rating =
        emissions(
                plant(YEAR, Optional.of(factor("upstream", "0.05"))),
                "&basis=pcf-lifecycle&source=main")
            .path("dataQualityRating");

    assertThat(rating.path("unratedPercent").textValue()).isEqualTo("20");
    assertThat(rating.path("overall").textValue()).as("of what is rated").isEqualTo("2");
  }

  @Test
  void isNullWhereNothingIsRated() throws Exception {
    LedgerPlant plant = plant(factor("grid-year", "0.2"), Optional.empty());

    assertThat(emissions(plant, "").path("dataQualityRating").isNull()).isTrue();
    assertThat(
            emissions(plant(YEAR, Optional.empty()), "&source=roof")
                .path("dataQualityRating")
                .isNull())
        .as("what emits nothing")
        .isTrue();
  }

  /** 1.6 kg of a contract that is rated, 8 kg of a residual mix that is not. */
  @Test
  void instrumentsCountByWhatTheyCovered() throws Exception {
    LedgerPlant plant = plant(YEAR, Optional.empty());
    plant.contract(16, rated("ppa", "0.1", 1, 1, 2));
    plant.closeHour();

    JsonNode rating = emissions(plant, "&basis=mb-annual").path("dataQualityRating");

    assertThat(rating.path("geographical").textValue()).isEqualTo("2");
    assertThat(rating.path("unratedPercent").textValue()).isEqualTo("83.333");
  }

  @Test
  void meteredEnergyStandsForItself() throws Exception {
    JsonNode step = ask(plant(YEAR, Optional.empty()), "/api/v1/energy?" + HOUR);

    assertThat(step.at("/quality/dataQualityRating")).isEqualTo(rating("1", "1", "1", "1"));
  }

  /** Of which nothing is unrated. */
  private static JsonNode rating(
      String technological, String temporal, String geographical, String overall) {
    return Json.object()
        .put("technological", technological)
        .put("temporal", temporal)
        .put("geographical", geographical)
        .put("overall", overall)
        .put("unratedPercent", "0");
  }

  private static LedgerPlant plant(EmissionFactor year, Optional<EmissionFactor> upstream) {
    return new LedgerPlant(
        LedgerPlant.plant(
            new PlantModel.Grid(
                Optional.of(year),
                "grid",
                Optional.of(factor("residual-mix", "0.5")),
                upstream,
                Optional.empty(),
                false),
            "2"));
  }

  private static EmissionFactor rated(
      String id, String value, int technological, int temporal, int geographical) {
    return factor(id, value)
        .with(
            new FactorQuality(
                Optional.empty(),
                Optional.of(new DataQualityRating(technological, temporal, geographical))));
  }

  private static JsonNode emissions(LedgerPlant plant, String query) throws Exception {
    return ask(plant, "/api/v1/emissions?" + HOUR + query);
  }

  private static JsonNode ask(LedgerPlant plant, String path) throws Exception {
    try (SampleGateway gateway = new SampleGateway(plant.model(), 0)) {
      return new Http(gateway.url()).json(path).at("/steps/0");
    }
  }
}
