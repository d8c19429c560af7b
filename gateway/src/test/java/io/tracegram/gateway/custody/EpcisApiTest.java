package io.tracegram.gateway.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.tracegram.gateway.dashboard.Http;
import io.tracegram.runtime.web.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EpcisApiTest {
  private static final Path SCHEMA =
      Path.of(System.getProperty("tracegram.shared.data", "../../shared/data"))
          .resolve("EPCIS-JSON-Schema.json");

  private CustodySite site;
  private Http http;

  @BeforeAll
  void serve(@TempDir Path data) throws Exception {
    site = new CustodySite(data);
    http = site.http();
  }

  @AfterAll
  void stop() throws Exception {
    site.close();
  }

  @Test
  void everyEventIsValidEpcis() throws Exception {
    assumeTrue(
        Files.exists(SCHEMA),
        () -> SCHEMA + " is absent: give its folder by -Dtracegram.shared.data");
    JsonNode document = http.json("/epcis/events");
    assertThat(document.at("/epcisBody/queryResults/resultsBody/eventList")).hasSize(4);
    assertThat(findings(document)).isEmpty();
    // The schema is really applied, formats included.
    String broken = Json.compact(document).replace("2026-03-12T10:00:00Z", "2026-03-12 at ten");
    assertThat(findings(Json.parse(broken))).isNotEmpty();
  }

  @Test
  void lotsAreQuantitiesInKilogramsAndItemsAreEpcs() throws Exception {
    JsonNode events =
        http.json("/epcis/events").at("/epcisBody/queryResults/resultsBody/eventList");
    JsonNode toDrum = events.path(1);
    assertThat(toDrum.path("type").textValue()).isEqualTo("TransformationEvent");
    assertThat(toDrum.at("/inputQuantityList/0/epcClass").textValue())
        .isEqualTo("https://id.gs1.org/01/09520000000028/10/CS-0312%2FB");
    assertThat(toDrum.at("/inputQuantityList/0/quantity").decimalValue())
        .isEqualByComparingTo("200");
    assertThat(toDrum.at("/inputQuantityList/0/uom").textValue()).isEqualTo("KGM");
    assertThat(toDrum.at("/outputEPCList/0").textValue())
        .isEqualTo("https://id.gs1.org/01/09520000000035/21/DRUM-77");
    assertThat(events.at("/2/outputQuantityList/0/quantity").decimalValue())
        .isEqualByComparingTo("431.9005");
  }

  @Test
  void aShipmentNamesWhereItComesFromAndWhereItGoes() throws Exception {
    JsonNode shipped =
        http.json("/epcis/events").at("/epcisBody/queryResults/resultsBody/eventList/0");
    assertThat(shipped.path("bizStep").textValue()).isEqualTo("shipping");
    assertThat(shipped.path("eventTimeZoneOffset").textValue()).isEqualTo("+02:00");
    assertThat(shipped.at("/sourceList/0/source").textValue())
        .isEqualTo("https://refinery.example/refinery");
    assertThat(shipped.at("/destinationList/0/destination").textValue())
        .isEqualTo("https://refinery.example/refinery/party/cell-plant");
  }

  @Test
  void anEventHasTheSameIdEachTime() throws Exception {
    assertThat(ids()).isEqualTo(ids()).hasSize(4).doesNotHaveDuplicates();
    assertThat(ids())
        .allMatch(id -> id.matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab].*"));
  }

  private List<String> ids() throws Exception {
    return http.json("/epcis/events")
        .at("/epcisBody/queryResults/resultsBody/eventList")
        .findValuesAsText("eventID");
  }

  @Test
  void ownEventsAreFoundByTheirLots() throws Exception {
    JsonNode answer =
        http.json("/epcis/events?MATCH_anyEPC=https://id.gs1.org/01/09520000000035/21/DRUM-77");
    assertThat(answer.at("/epcisBody/queryResults/resultsBody/eventList").isEmpty()).isFalse();
    assertThat(answer.at("/tracegram:evidence/0/origin").asText()).isEqualTo("own");
  }

  private static Set<ValidationMessage> findings(JsonNode document) throws Exception {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Files.readString(SCHEMA));
    return schema.validate(
        document, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
  }
}
