package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final String HOSTILE = "\"><img src=x onerror=alert(1)><script>alert(2)</script>";

  @Test
  void nowShowsFiguresWithUnitPeriodQualityAndEvidence() throws Exception {
    try (SampleGateway gateway = new SampleGateway(SamplePlant.atAfternoon(), 0)) {
      String page = new Http(gateway.url()).page("/").body();
      assertThat(page)
          .contains("DEMO", "Kokkola cobalt refinery", "Plant time", "12 Mar 2026, 14:16:40 EET")
          .contains("842.3<span class=\"unit\"> kW</span>")
          .contains("value=\"7600.4\"", "7\u202F600.4<span class=\"unit\"> kWh</span>")
          .contains("value=\"272.778356\"", "272.78<span class=\"unit\"> kg CO₂e</span>")
          .contains("00:00 to 14:15", "55 of 57 quarter-hours, 2 missing")
          .contains("99.6 % measured, 0.4 % interpolated")
          .contains("0.03589 kg CO₂e per kWh · 2024")
          .contains("href=\"/evidence/12030\"", "no value", "provisional", "no data");
    }
  }

  @Test
  void whatLacksAFactorIsUnknownAndItsKnownPartNeverShownForIt() throws Exception {
    SamplePlant plant = SamplePlant.atAfternoon();
    plant.loseFactor();
    String unfinished = "/lots/01/09520000000028/10/CS-0312%2FB";
    try (SampleGateway gateway = new SampleGateway(plant, 0)) {
      Http http = new Http(gateway.url());
      String now = http.page("/").body();
      assertThat(now).contains("<data class=\"figure\" value=\"\" title=\" kg CO₂e\">—");
      assertThat(now).doesNotContain("26.253535", "15.0738");
      assertThat(http.page(unfinished).body())
          .contains("Own so far <data class=\"figure\" value=\"\"", "a factor is missing")
          .doesNotContain("15.0738");
      JsonNode own = http.json("/api/v1" + unfinished).path("own");
      assertThat(own.path("co2eKg").isNull()).isTrue();
      assertThat(own.path("knownCo2eKg").textValue()).isEqualTo("15.0738");
    }
  }

  @Test
  void pagesHaveNothingInlineAndNothingFromAnotherHost() throws Exception {
    try (SampleGateway gateway = new SampleGateway(SamplePlant.atAfternoon(), 0)) {
      Http http = new Http(gateway.url());
      for (String path :
          List.of("/", "/lots/01/09520000000028/10/CS-0311-A", "/evidence/300", "/nowhere")) {
        HttpResponse<String> page = http.page(path);
        assertThat(page.headers().firstValue("content-security-policy")).as(path).isPresent();
        assertThat(page.body())
            .as(path)
            .doesNotContain(" style=", "<style", "onclick=", "//cdn", "src=\"http")
            .doesNotContainPattern("<script(?![^>]* src=\"/assets/)");
      }
    }
  }

  @Test
  void hostileTextOfNamesAndDevicesStaysText() throws Exception {
    SamplePlant plant = new SamplePlant(HOSTILE, 30, List.of());
    plant.raise(HOSTILE, HOSTILE);
    plant.refuse(HOSTILE, HOSTILE);
    try (SampleGateway gateway = new SampleGateway(plant, 0)) {
      Http http = new Http(gateway.url());
      for (String path : List.of("/", "/?fragment=now", "/lots/01/09520000000028/10/CS-0311-A")) {
        assertThat(http.page(path).body())
            .as(path)
            .contains("&lt;script&gt;")
            .doesNotContain("<img src=x", "<script>alert");
      }
    }
  }

  @Test
  void aGatewayWithoutReadingsSaysWhatToDo() throws Exception {
    try (SampleGateway gateway = new SampleGateway(SamplePlant.empty(), 0)) {
      Http http = new Http(gateway.url());
      assertThat(http.page("/").body())
          .contains("Waiting for the first reading", "no value", "No meter is described yet");
      assertThat(http.json("/api/v1/facility").path("id").isNull()).isTrue();
      assertThat(http.json("/api/v1/energy").path("steps").isEmpty()).isTrue();
    }
  }

  @Test
  void theFragmentLeavesOutTheTableThatChangesOnlyAtACloseOfAQuarter() throws Exception {
    try (SampleGateway gateway = new SampleGateway(SamplePlant.atAfternoon(), 0)) {
      Http http = new Http(gateway.url());
      assertThat(http.page("/?fragment=now").body())
          .doesNotContain("<html", "data-kwh=")
          .contains("id=\"headline\"");
      assertThat(http.page("/?fragment=quarters").body())
          .startsWith("<table id=\"quarters-table\"")
          .contains("data-kwh=\"");
    }
  }

  @Test
  void aMissingPageIsKindAndShowsTheWay() throws Exception {
    try (SampleGateway gateway = new SampleGateway(SamplePlant.atAfternoon(), 0)) {
      HttpResponse<String> missing =
          new Http(gateway.url()).page("/lots/01/09520000000028/10/UNKNOWN");
      assertThat(missing.statusCode()).isEqualTo(404);
      assertThat(missing.body()).contains("This plant has no lot", "href=\"/\"");
    }
  }
}
