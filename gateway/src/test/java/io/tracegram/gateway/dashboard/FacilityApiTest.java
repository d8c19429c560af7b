package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FacilityApiTest {
  private SampleGateway gateway;
  private Http http;

  @BeforeAll
  void serve() throws Exception {
    gateway = new SampleGateway(SamplePlant.atAfternoon(), 0);
    http = new Http(gateway.url());
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void facilityTellsItsFiguresAsCanonicalDecimalsWithTheLogSizeTheyStandOn() throws Exception {
    JsonNode facility = http.json("/api/v1/facility");
    assertThat(facility.path("id").textValue()).isEqualTo("refinery");
    assertThat(facility.path("demo").booleanValue()).isTrue();
    assertThat(facility.path("asOf").longValue()).isEqualTo(12_032);
    assertThat(facility.path("energyKwh").textValue()).isEqualTo("7600.4");
    // 7,600.4 kWh x 0.03589 kg/kWh
    assertThat(facility.at("/co2eKg/locationBased").textValue()).isEqualTo("272.778356");
    assertThat(facility.at("/unattributed/energyKwh").textValue()).isEqualTo("156");
    assertThat(facility.path("conservationErrorUg").textValue()).isEqualTo("0");
    assertThat(facility.path("plantTime").textValue()).isEqualTo("2026-03-12T12:16:40Z");
    assertThat(facility.path("closedThrough").textValue()).isEqualTo("2026-03-12T12:15:00Z");
    assertThat(facility.path("mirroredSize").longValue()).isEqualTo(12_029);
    assertThat(facility.at("/factor/kgCo2ePerKwh").textValue()).isEqualTo("0.03589");
    assertThat(facility.at("/factor/edition").textValue()).isEqualTo("2024");
  }

  @Test
  void emissionsOfAnHourAddUpToTheTotalOfItsQuarters() throws Exception {
    JsonNode hour =
        http.json("/api/v1/emissions?from=2026-03-12T08:00:00Z&to=2026-03-12T09:00:00Z&step=1h")
            .path("steps")
            .path(0)
            .path("co2eKg");
    BigDecimal sum = BigDecimal.ZERO;
    for (String part : List.of("lots", "idle", "overhead", "unattributed")) {
      sum = sum.add(new BigDecimal(hour.path(part).textValue()));
    }
    assertThat(sum).isEqualByComparingTo(hour.path("total").textValue());
    assertThat(sum).isPositive();
  }

  @Test
  void aQuarterWithoutAnAccountIsNullAndNotZero() throws Exception {
    JsonNode steps =
        http.json("/api/v1/energy?from=2026-03-12T03:15:00Z&to=2026-03-12T03:45:00Z&step=PT15M")
            .path("steps");
    assertThat(steps.at("/0/energyKwh/total").textValue()).isNotNull();
    assertThat(steps.at("/1/energyKwh/total").isNull()).isTrue();
    assertThat(steps.at("/1/quartersClosed").intValue()).isZero();
  }

  @Test
  void badParametersAreRefusedWithTheReason() throws Exception {
    refused("/api/v1/energy?from=yesterday&to=2026-03-12T03:45:00Z", "from is no time");
    refused("/api/v1/energy?from=2026-03-12T03:45:00Z", "both from and to");
    refused("/api/v1/energy?step=10m", "multiple of 15 minutes");
    refused("/api/v1/energy?step=never", "no length of time");
    refused("/api/v1/energy?from=2026-03-12T03:05:00Z&to=2026-03-12T03:45:00Z", "whole quarters");
    refused("/api/v1/energy?from=2026-03-12T03:00:00Z&to=2020-03-12T03:45:00Z", "to must be after");
    refused("/api/v1/emissions?from=2020-01-01T00:00:00Z&to=2026-03-12T03:45:00Z", "375 days");
    refused("/api/v1/energy?form=2026-03-12T03:00:00Z", "no parameter 'form'");
    refused("/api/v1/lots?limit=0", "from 1 to");
    refused("/api/v1/evidence/minus-one", "no whole number");
    refused("/api/v1/lots/CS-0311-A", "01/{gtin}/10/{lot}");
    refused("/?fragment=everything", "fragments");
  }

  @Test
  void lotsAreFoundByTheirEncodedAndTheirPlainName() throws Exception {
    for (String path :
        List.of("01%2F09520000000028%2F10%2FCS-0311-A", "01/09520000000028/10/CS-0311-A")) {
      JsonNode lot = http.json("/api/v1/lots/" + path);
      assertThat(lot.path("figures").textValue()).isEqualTo("final");
      assertThat(lot.at("/own/co2eKg").textValue()).isEqualTo("67.623938");
      assertThat(lot.path("inheritedCo2eKg").textValue()).isEqualTo("2940.123456789");
      assertThat(lot.path("totalCo2eKg").textValue()).isEqualTo("3007.747394789");
      assertThat(lot.path("primaryDataShare").textValue()).matches("\\d{1,3}\\.\\d{2}");
      assertThat(lot.path("primaryDataPolicy").textValue()).isEqualTo("activity");
      assertThat(lot.path("primaryDataPolicyMixed").booleanValue()).isFalse();
      assertThat(lot.at("/evidence/leaf").longValue()).isEqualTo(11_772);
      assertThat(lot.at("/evidence/state").textValue()).isEqualTo("witnessed");
    }
  }

  @Test
  void aLotWhoseNumberHasASlashHasAPageThatIsLinked() throws Exception {
    String href = "/lots/01/09520000000028/10/CS-0312%2FB";
    assertThat(http.page("/").body()).contains("href=\"" + href + "\"");
    assertThat(http.page(href).body()).contains("CS-0312/B", "provisional");
  }

  @Test
  void aProvisionalLotHasNoTotal() throws Exception {
    JsonNode lot = http.json("/api/v1/lots/01%2F09520000000028%2F10%2FCS-0312%2FB");
    assertThat(lot.path("custody").textValue())
        .isEqualTo(
            "/epcis/events?MATCH_anyEPCClass="
                + "https%3A%2F%2Fid.gs1.org%2F01%2F09520000000028%2F10%2FCS-0312%252FB");
    assertThat(lot.path("genealogy").path("whole").booleanValue()).isTrue();
    assertThat(lot.path("figures").textValue()).isEqualTo("provisional");
    assertThat(lot.path("totalCo2eKg").isNull()).isTrue();
    assertThat(lot.at("/own/co2eKg").textValue()).isEqualTo("15.0738");
  }

  @Test
  void devicesTellTheirStateAndProblemsTellWhatToDo() throws Exception {
    JsonNode devices = http.json("/api/v1/devices").path("devices");
    assertThat(devices.at("/0/state").textValue()).isEqualTo("good");
    assertThat(devices.at("/0/evidence/state").textValue()).isEqualTo("logged");
    assertThat(devices.at("/1/state").textValue()).isEqualTo("no value");
    assertThat(devices.at("/2/state").textValue()).isEqualTo("no reading yet");
    assertThat(devices.at("/2/registerKwh").isNull()).isTrue();
    JsonNode problem = http.json("/api/v1/problems").at("/problems/0");
    assertThat(problem.path("code").textValue()).isEqualTo("modbus.timeout");
    assertThat(problem.path("action").textValue()).isNotBlank();
    assertThat(problem.path("count").longValue()).isEqualTo(3);
  }

  @Test
  void evidenceIsTheDecodedStatementWithItsProof() throws Exception {
    JsonNode evidence = http.json("/api/v1/evidence/300");
    assertThat(evidence.at("/evidence/state").textValue()).isEqualTo("witnessed");
    assertThat(evidence.at("/evidence/leaf").longValue()).isEqualTo(300);
    assertThat(evidence.at("/statement/agent").textValue()).isEqualTo("refinery-agent");
    assertThat(evidence.at("/statement/body/series/0/readings/0/value").textValue())
        .isEqualTo("4812345000000");
    assertThat(evidence.path("proof").textValue())
        .startsWith("c2sp.org/tlog-proof@v1\nindex 300\n");
    assertThat(evidence.at("/timestamps/0/authority").textValue()).isEqualTo("tsa-1");
    assertThat(evidence.at("/timestamps/0/time").textValue()).isEqualTo("2026-03-11T22:00:00Z");
    String token = evidence.at("/timestamps/0/token").textValue();
    assertThat(token).matches("/log/timestamps/[0-9]+/tsa-1.tsr");
    assertThat(http.page("/evidence/300").body())
        .contains("c2sp.org/tlog-proof@v1", "2026-03-11T22:00:00Z", "href=\"" + token + "\"");
    assertThat(http.page("/evidence/99999").statusCode()).isEqualTo(404);
  }

  private void refused(String path, String reason) throws Exception {
    HttpResponse<String> answer = http.get(path, "application/json");
    assertThat(answer.statusCode()).as(path).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(answer.body()).as(path).contains(reason);
  }
}
