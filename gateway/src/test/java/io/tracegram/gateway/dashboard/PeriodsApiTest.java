package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.ledger.emission.IntensitySeries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 32 kWh come from the grid in the hour, at a residual mix of 0.5 kg/kWh. */
class PeriodsApiTest {
  private static final String HOUR = "?from=2026-03-02T08:00:00Z&to=2026-03-02T09:00:00Z";
  private static final String MARKET = "/api/v1/emissions" + HOUR + "&basis=MB_ANNUAL";

  private final LedgerPlant plant = new LedgerPlant();
  private SampleGateway gateway;
  private Http http;

  @BeforeEach
  void serve() throws Exception {
    gateway = new SampleGateway(plant.model(), 0);
    http = new Http(gateway.url());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void marketBasedFiguresAreProvisionalUntilTheMonthIsClosed() throws Exception {
    plant.contract(12);
    JsonNode provisional = http.json(MARKET + "&step=1h");
    assertThat(provisional.at("/steps/0/co2eKg/total").textValue()).isEqualTo("16");
    assertThat(provisional.at("/steps/0/quartersOfOpenMonths").intValue()).isEqualTo(4);
    long before = plant.log().size();

    plant.closeHour();

    JsonNode settled = http.json(MARKET + "&step=1h");
    assertThat(settled.at("/steps/0/co2eKg/total").textValue()).isEqualTo("10");
    assertThat(settled.at("/steps/0/quartersOfOpenMonths").intValue()).isZero();
    // the furnace's 20 kWh of the hour's 40, of which 8 came from the roof for nothing
    assertThat(http.json(MARKET + "&step=1h&node=furnace").at("/steps/0/co2eKg/total").textValue())
        .isEqualTo("5");
    for (int quarter = 0; quarter < 4; quarter++) {
      assertThat(http.json(MARKET).at("/steps/" + quarter + "/co2eKg/total").textValue())
          .isEqualTo("2.5");
    }
    assertThat(http.json(MARKET + "&step=1h&asOf=" + before)).isEqualTo(provisional);
    assertThat(http.json("/api/v1/facility").at("/bases/MB_ANNUAL/co2eKg").textValue())
        .as("the closed hour and an open quarter")
        .isEqualTo("14");
  }

  @Test
  void aClosedMonthTellsWhatCoveredItAndWhereItsAccountStands() throws Exception {
    plant.contract(12);
    plant.closeHour();

    JsonNode month = http.json("/api/v1/periods").at("/periods/0");

    assertThat(month.path("from").textValue()).isEqualTo("2026-03-02T08:00:00Z");
    assertThat(month.path("intervals").intValue()).isEqualTo(4);
    assertThat(month.at("/market/annual/uncoveredKwh").textValue()).isEqualTo("20");
    assertThat(month.at("/market/annual/parts/0/instrument").textValue()).isEqualTo("ppa");
    assertThat(month.at("/market/annual/parts/0/energyKwh").textValue()).isEqualTo("12");
    assertThat(month.at("/market/annual/parts/1/by").textValue()).isEqualTo("residual-mix");
    assertThat(month.has("restatement")).isFalse();
    JsonNode leaf = http.json("/api/v1/evidence/" + month.at("/evidence/leaf").longValue());
    assertThat(leaf.toString()).contains("\"MB_ANNUAL\":\"10\"");
    assertThat(
            http.json("/api/v1/evidence/cell?interval=2026-03-02T08:15:00Z")
                .at("/month/evidence/leaf"))
        .isEqualTo(month.at("/evidence/leaf"));
  }

  /** The second quarter had no intensity: 8 kWh · (100 + x + 300 + 100) g/kWh. */
  @Test
  void aRestatedMonthTellsWhatItWasAndWhatMovedIt() throws Exception {
    plant.price(slot(100));
    plant.closeHour();
    long cause = plant.price(slot(350));

    JsonNode month = http.json("/api/v1/periods").at("/periods/0");

    assertThat(month.at("/revision/number").intValue()).isEqualTo(1);
    JsonNode restatement = month.path("restatement");
    assertThat(restatement.at("/previousCo2eKg/LB_HOURLY").textValue()).isEqualTo("4.8");
    assertThat(restatement.at("/deltaCo2eKg/LB_HOURLY").textValue()).isEqualTo("2");
    assertThat(restatement.at("/deltaCo2eKg/LB_ANNUAL").textValue()).isEqualTo("0");
    assertThat(restatement.path("material").booleanValue()).isTrue();
    assertThat(restatement.at("/cause/leaf").longValue()).isEqualTo(cause);
    assertThat(restatement.at("/cause/kind").textValue()).isEqualTo("factor-set");
    JsonNode step =
        http.json("/api/v1/emissions" + HOUR + "&basis=LB_HOURLY&step=1h").at("/steps/0");
    assertThat(step.path("quartersRestatedAfterClose").intValue()).isEqualTo(1);
  }

  private static IntensitySeries.Slot slot(long gramsPerKwh) {
    return new IntensitySeries.Slot(
        LedgerPlant.START + LedgerPlant.QUARTER, gramsPerKwh * 1_000_000_000L, false);
  }
}
