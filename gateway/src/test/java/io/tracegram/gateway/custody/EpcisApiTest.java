package io.tracegram.gateway.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.tracegram.gateway.dashboard.Http;
import io.tracegram.gateway.dashboard.SampleGateway;
import io.tracegram.gateway.dashboard.SamplePlant;
import io.tracegram.runtime.web.Json;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EpcisApiTest {
  private static final Path SCHEMA =
      Path.of(System.getProperty("tracegram.shared.data", "../../shared/data"))
          .resolve("EPCIS-JSON-Schema.json");

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
  void pagesGoFromTheNewestToTheOldestWithoutOverlap() throws Exception {
    HttpResponse<String> first = http.get("/epcis/events?perPage=3", "application/ld+json");
    assertThat(first.headers().firstValue("content-type")).hasValue("application/ld+json");
    assertThat(first.headers().firstValue("link"))
        .hasValue("</epcis/events?perPage=3&nextPageToken=1>; rel=\"next\"");
    HttpResponse<String> last =
        http.get("/epcis/events?perPage=3&nextPageToken=1", "application/ld+json");
    assertThat(last.headers().firstValue("link")).isEmpty();
    assertThat(Json.parse(last.body()).findValuesAsText("bizStep")).containsExactly("receiving");
  }

  @Test
  void anEventHasTheSameIdEachTime() throws Exception {
    assertThat(http.json("/epcis/events").findValuesAsText("eventID"))
        .isEqualTo(http.json("/epcis/events").findValuesAsText("eventID"))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab].*"));
  }

  @Test
  void aFilterThatIsNotOfferedIsRefusedNotIgnored() throws Exception {
    HttpResponse<String> answer = http.get("/epcis/events?EQ_bizStep=shipping", "*/*");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("EQ_bizStep");
  }

  private static Set<ValidationMessage> findings(JsonNode document) throws Exception {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Files.readString(SCHEMA));
    return schema.validate(
        document, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
  }
}
