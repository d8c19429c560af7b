package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 32 kWh come from the grid in the hour. */
class InstrumentsApiTest {
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
  void whoHoldsNoneHasNoPortfolio() throws Exception {
    JsonNode answer = http.json("/api/v1/instruments");

    assertThat(answer.path("asOf").longValue()).isEqualTo(plant.log().size());
    assertThat(answer.path("portfolio").isNull()).isTrue();
    assertThat(answer.path("instruments")).isEmpty();
  }

  @Test
  void tellsWhatCountsAndWhatClosedMonthsUsed() throws Exception {
    plant.contract(50);
    JsonNode before = http.json("/api/v1/instruments");
    assertThat(before.at("/portfolio/edition").textValue()).isEqualTo("50");
    assertThat(before.at("/portfolio/marketBasis").textValue()).isEqualTo("MB_ANNUAL");
    assertThat(before.at("/instruments/0/counts").booleanValue()).isTrue();
    assertThat(before.at("/instruments/0/criteria/retired/verdict").textValue()).isEqualTo("met");
    assertThat(before.at("/instruments/0/criteria/retired/evidence").textValue()).isEqualTo("seen");
    assertThat(before.at("/instruments/0/deliverable/verdict").textValue()).isEqualTo("unanswered");
    assertThat(before.path("usedThrough").isNull()).isTrue();
    assertThat(before.at("/instruments/0/used/byVolumeKwh").isNull())
        .as("not zero: nothing is matched yet")
        .isTrue();

    plant.closeHour();

    JsonNode after = http.json("/api/v1/instruments");
    assertThat(after.at("/usedThrough/to").textValue()).isEqualTo("2026-03-02T09:00:00Z");
    assertThat(after.at("/usedThrough/evidence/leaf").isNumber()).isTrue();
    assertThat(after.at("/instruments/0/volumeKwh").textValue()).isEqualTo("50");
    assertThat(after.at("/instruments/0/used/byVolumeKwh").textValue()).isEqualTo("32");
    assertThat(after.at("/instruments/0/remaining/byVolumeKwh").textValue()).isEqualTo("18");
    assertThat(after.at("/instruments/0/used/byHourKwh").isNull())
        .as("no instrument tells its hours")
        .isTrue();
  }

  @Test
  void refusesParametersItDoesNotKnow() throws Exception {
    assertThat(http.get("/api/v1/instruments?limit=1", "application/json").statusCode())
        .isEqualTo(400);
  }
}
