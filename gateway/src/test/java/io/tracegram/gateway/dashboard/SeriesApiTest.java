package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.evidence.statement.Body;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeriesApiTest {
  private static final String HOUR = "?from=2026-03-02T08:00:00Z&to=2026-03-02T09:00:00Z&step=1h";

  private final LedgerPlant plant = new LedgerPlant();
  private SampleGateway gateway;
  private Http http;

  @BeforeAll
  void serve() throws Exception {
    gateway = new SampleGateway(plant.model(), 0);
    http = new Http(gateway.url());
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void anHourOfTheSiteIsWhatGridAndRoofSupplied() throws Exception {
    JsonNode step = step("/api/v1/energy" + HOUR);
    assertThat(step.path("quartersClosed").intValue()).isEqualTo(4);
    assertThat(step.at("/energyKwh/total").textValue()).isEqualTo("40");
    assertThat(step.at("/energyKwh/idle").textValue()).isEqualTo("4");
    assertThat(step.at("/energyKwh/overhead").textValue()).isEqualTo("36");
    assertThat(step.path("residualKwh").textValue()).isEqualTo("8");
    assertThat(step.path("interpolatedKwh").textValue()).isEqualTo("0");
    assertThat(step.at("/quality/measuredKwh").textValue()).isEqualTo("40");
    assertThat(step.at("/quality/estimatedSharePercent").textValue()).isEqualTo("0");
    assertThat(step.at("/quality/missingMinutes").intValue()).isZero();
    assertThat(step.at("/quality/restatements/intervals").intValue()).isZero();
    // 1.96 · 1 % / √3 of 32 and of 8 kWh in quadrature, of 40 kWh
    assertThat(step.at("/quality/metersU95Percent").textValue()).isEqualTo("0.933");
    assertThat(step.at("/evidence/leaf").longValue()).isPositive();
  }

  @Test
  void aNodeIsItsOwnPartAndItsChildrenEachOnce() throws Exception {
    JsonNode furnace = step("/api/v1/energy" + HOUR + "&node=furnace");
    assertThat(furnace.at("/energyKwh/total").textValue()).isEqualTo("20");
    assertThat(furnace.path("residualKwh").textValue()).isEqualTo("4");
    assertThat(furnace.path("children")).hasSize(1);
    assertThat(furnace.at("/children/0/node").textValue()).isEqualTo("burner");
    assertThat(furnace.at("/children/0/energyKwh").textValue()).isEqualTo("16");
    assertThat(furnace.at("/quality/measuredKwh").textValue()).isEqualTo("20");
    JsonNode site = step("/api/v1/energy" + HOUR + "&node=main");
    assertThat(site.path("children")).hasSize(2);
    assertThat(site.at("/children/0/energyKwh").textValue()).isEqualTo("20");
    assertThat(site.at("/children/1/energyKwh").textValue()).isEqualTo("12");
    assertThat(step("/api/v1/energy" + HOUR + "&node=site")).isEqualTo(site);
  }

  @Test
  void aSourceIsWhatItBrought() throws Exception {
    assertThat(step("/api/v1/energy" + HOUR + "&source=roof").at("/energyKwh/total").textValue())
        .isEqualTo("8");
    JsonNode roof = step("/api/v1/emissions" + HOUR + "&source=roof");
    assertThat(roof.at("/co2eKg/total").textValue()).isEqualTo("0");
    assertThat(roof.at("/factors/0").textValue()).isEqualTo("own generation");
    assertThat(step("/api/v1/emissions" + HOUR + "&source=main").at("/co2eKg/total").textValue())
        .isEqualTo("6.4");
  }

  @Test
  void emissionsOfANodeAreItsPartOfThePostings() throws Exception {
    // 32 kWh · 0.2 kg, of which the furnace has 20/40 and its burner 16/40
    JsonNode site = step("/api/v1/emissions" + HOUR);
    assertThat(site.at("/co2eKg/total").textValue()).isEqualTo("6.4");
    assertThat(site.path("scope1Co2eKg").textValue()).isEqualTo("0");
    assertThat(site.path("scope2Co2eKg").textValue()).isEqualTo("6.4");
    assertThat(site.path("biogenicCo2Kg").textValue()).isEqualTo("0");
    assertThat(site.at("/primaryDataSharePercent/STRICT").textValue()).isEqualTo("0");
    assertThat(site.at("/primaryDataSharePercent/ACTIVITY").textValue()).isEqualTo("100");
    assertThat(site.path("u95Percent").isNull()).isTrue();
    JsonNode furnace = step("/api/v1/emissions" + HOUR + "&node=furnace");
    assertThat(furnace.at("/co2eKg/total").textValue()).isEqualTo("3.2");
    assertThat(furnace.path("residualCo2eKg").textValue()).isEqualTo("0.64");
    assertThat(furnace.at("/children/0/co2eKg").textValue()).isEqualTo("2.56");
  }

  @Test
  void aSlotWithoutItsFactorIsUnknownAndNeverZero() throws Exception {
    JsonNode answer = http.json("/api/v1/emissions" + HOUR + "&basis=lb-hourly");
    assertThat(answer.path("basisId").textValue()).isEqualTo("LB_HOURLY");
    JsonNode step = answer.at("/steps/0");
    assertThat(step.at("/co2eKg/total").isNull()).isTrue();
    assertThat(step.path("unknownQuarters").intValue()).isEqualTo(1);
    // 8 kWh · (100 + 300 + 100) g/kWh
    assertThat(step.path("knownCo2eKg").textValue()).isEqualTo("4");
    assertThat(step.path("estimatedFactors").booleanValue()).isTrue();
    JsonNode known =
        step(
            "/api/v1/emissions?from=2026-03-02T08:30:00Z&to=2026-03-02T09:00:00Z&step=30m"
                + "&basis=LB_HOURLY");
    assertThat(known.at("/co2eKg/total").textValue()).isEqualTo("3.2");
  }

  @Test
  void allBasesStandSideBySide() throws Exception {
    JsonNode answer = http.json("/api/v1/emissions" + HOUR + "&basis=all");
    assertThat(answer.path("basis").textValue()).isEqualTo("location-based");
    assertThat(answer.path("basisId").textValue()).isEqualTo("LB_ANNUAL");
    JsonNode bases = answer.at("/steps/0/bases");
    assertThat(bases.fieldNames())
        .toIterable()
        .containsExactly("LB_ANNUAL", "LB_HOURLY", "MB_ANNUAL");
    assertThat(bases.at("/LB_ANNUAL/co2eKg/total").textValue()).isEqualTo("6.4");
    assertThat(bases.at("/LB_HOURLY/co2eKg/total").isNull()).isTrue();
    assertThat(bases.at("/MB_ANNUAL/co2eKg/total").textValue()).isEqualTo("16");
    assertThat(bases.at("/MB_ANNUAL/factors")).hasSize(2);
  }

  @Test
  void localDaysHave23And25HoursWhenClocksChange() throws Exception {
    JsonNode march =
        http.json("/api/v1/energy?from=2026-03-27T23:00:00Z&to=2026-03-30T22:00:00Z&step=day");
    assertThat(march.path("step").textValue()).isEqualTo("day");
    assertThat(march.path("steps").findValuesAsText("quarters")).containsExactly("96", "92", "96");
    assertThat(march.at("/steps/1/to").textValue()).isEqualTo("2026-03-29T22:00:00Z");
    JsonNode october =
        http.json("/api/v1/emissions?from=2026-10-23T22:00:00Z&to=2026-10-26T23:00:00Z&step=day");
    assertThat(october.path("steps").findValuesAsText("quarters"))
        .containsExactly("96", "100", "96");
  }

  @Test
  void weeksMonthsAndYearsFollowTheLocalCalendar() throws Exception {
    JsonNode years =
        http.json("/api/v1/energy?from=2024-12-31T23:00:00Z&to=2027-12-31T23:00:00Z&step=year");
    assertThat(years.path("steps").findValuesAsText("from"))
        .containsExactly("2024-12-31T23:00:00Z", "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z");
    assertThat(years.at("/steps/1/energyKwh/total").textValue()).isEqualTo("50");
    JsonNode months =
        http.json("/api/v1/energy?from=2026-02-28T23:00:00Z&to=2026-04-10T00:00:00Z&step=month");
    assertThat(months.path("steps").findValuesAsText("to"))
        .containsExactly("2026-03-31T22:00:00Z", "2026-04-10T00:00:00Z");
    JsonNode weeks =
        http.json("/api/v1/energy?from=2026-02-28T23:00:00Z&to=2026-03-09T00:00:00Z&step=week");
    assertThat(weeks.path("steps").findValuesAsText("from"))
        .containsExactly("2026-02-28T23:00:00Z", "2026-03-01T23:00:00Z", "2026-03-08T23:00:00Z");
  }

  @Test
  void aCellLeadsToItsAccountAndToItsReadings() throws Exception {
    JsonNode cell = http.json("/api/v1/evidence/cell?interval=2026-03-02T08:15:00Z&node=furnace");
    long leaf = cell.at("/evidence/leaf").longValue();
    assertThat(plant.leaf(leaf).statement().statement().body()).isInstanceOf(Body.Derived.class);
    assertThat(cell.at("/revision/number").intValue()).isZero();
    assertThat(cell.path("entries")).hasSize(2);
    assertThat(cell.at("/postings/0/prices/0/factor").textValue()).isEqualTo("grid-year 2025");
    assertThat(cell.path("meters").findValuesAsText("meter"))
        .containsExactlyInAnyOrder("main", "roof", "furnace", "burner");
    for (JsonNode meter : cell.path("meters")) {
      assertThat(meter.path("readings")).isNotEmpty();
      for (JsonNode reading : meter.path("readings")) {
        assertThat(plant.leaf(reading.longValue()).statement().statement().body())
            .isInstanceOf(Body.Readings.class);
      }
    }
    assertThat(
            http.get("/api/v1/evidence/cell?interval=2026-03-01T08:15:00Z", "application/json")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void aPriceThatCameLateIsARestatementWithItsCause() throws Exception {
    LedgerPlant late = new LedgerPlant();
    try (SampleGateway other = new SampleGateway(late.model(), 0)) {
      Http asked = new Http(other.url());
      String cell = "/api/v1/evidence/cell?interval=2026-03-02T08:15:00Z";
      long before = asked.json(cell).at("/evidence/leaf").longValue();
      long cause =
          late.price(
              new IntensitySeries.Slot(
                  LedgerPlant.START + LedgerPlant.QUARTER, 200_000_000_000L, false));
      JsonNode step = asked.json("/api/v1/emissions" + HOUR + "&basis=LB_HOURLY").at("/steps/0");
      // 8 kWh · (100 + 200 + 300 + 100) g/kWh
      assertThat(step.at("/co2eKg/total").textValue()).isEqualTo("5.6");
      assertThat(step.path("unknownQuarters").intValue()).isZero();
      assertThat(step.at("/quality/restatements/intervals").intValue()).isEqualTo(1);
      assertThat(step.at("/quality/restatements/highest").intValue()).isEqualTo(1);
      JsonNode revision = asked.json(cell).path("revision");
      assertThat(revision.path("number").intValue()).isEqualTo(1);
      assertThat(revision.path("replaces").longValue()).isEqualTo(before);
      assertThat(revision.path("cause").longValue()).isEqualTo(cause);
    }
  }

  @Test
  void noPageShowsAnUnknownCo2eAsZero() throws Exception {
    LedgerPlant hourly = new LedgerPlant(false);
    try (SampleGateway other = new SampleGateway(hourly.model(), 0)) {
      Http asked = new Http(other.url());
      assertThat(asked.page("/?fragment=now").body())
          .contains(">—<span class=\"unit\"> kg CO₂e</span>")
          .doesNotContain("value=\"0\" title=\"0 kg CO₂e\"");
      assertThat(asked.page("/?fragment=quarters").body())
          .contains("data-co2e=\"\"", "data-co2e=\"0 ");
      JsonNode facility = asked.json("/api/v1/facility");
      assertThat(facility.at("/co2eKg/locationBased").isNull()).isTrue();
      assertThat(facility.at("/idle/co2eKg").isNull()).isTrue();
      assertThat(facility.at("/idle/energyKwh").textValue()).isEqualTo("5");
      assertThat(asked.json("/api/v1/emissions" + HOUR).path("basisId").textValue())
          .isEqualTo("LB_HOURLY");
    }
  }

  @Test
  void theFacilityTellsItsResidualAndEveryBasis() throws Exception {
    JsonNode facility = http.json("/api/v1/facility");
    assertThat(facility.path("residualKwh").textValue()).isEqualTo("10");
    assertThat(facility.at("/bases/LB_ANNUAL/co2eKg").textValue()).isEqualTo("8");
    assertThat(facility.at("/bases/LB_ANNUAL/unknown").intValue()).isZero();
    assertThat(facility.at("/bases/LB_HOURLY/unknown").intValue()).isEqualTo(2);
    assertThat(facility.at("/co2eKg/locationBased").textValue()).isEqualTo("8");
  }

  @Test
  void badParametersAreRefusedWithTheReason() throws Exception {
    refused("/api/v1/energy" + HOUR + "&node=furnaec", "did you mean 'furnace'?");
    refused("/api/v1/energy" + HOUR + "&node=roof", "ask for source=roof");
    refused("/api/v1/energy" + HOUR + "&source=furnace", "there is no source");
    refused("/api/v1/energy" + HOUR + "&node=press&source=roof", "electricity mixes");
    refused("/api/v1/energy" + HOUR + "&basis=all", "no parameter 'basis'");
    refused("/api/v1/emissions" + HOUR + "&basis=marginal", "LB_ANNUAL, LB_HOURLY, MB_ANNUAL");
    refused("/api/v1/energy?step=fortnight", "day, week, month or year");
    refused(
        "/api/v1/energy?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&step=month",
        "three years");
    refused("/api/v1/evidence/cell?interval=2026-03-02T08:16:00Z", "quarter of an hour");
  }

  private JsonNode step(String path) throws Exception {
    JsonNode steps = http.json(path).path("steps");
    assertThat(steps).as(path).hasSize(1);
    return steps.path(0);
  }

  private void refused(String path, String reason) throws Exception {
    HttpResponse<String> answer = http.get(path, "application/json");
    assertThat(answer.statusCode()).as(path).isEqualTo(400);
    assertThat(answer.body()).as(path).contains(reason);
  }
}
