package io.tracegram.gateway;

import static io.tracegram.gateway.EpcisSite.document;
import static io.tracegram.gateway.EpcisSite.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.runtime.web.Json;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries over seven events, each found by what distinguishes it, and all that is refused. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EpcisQueryTest {
  private EpcisSite site;

  @BeforeAll
  void capture(@TempDir Path data) throws Exception {
    site = new EpcisSite(data);
    String cold =
        """
        ,"sensorElementList":[{"sensorMetadata":{"time":"2026-11-20T02:00:00Z"},"sensorReport":[
        {"type":"gs1:Temperature","value":-2.5,"uom":"CEL","deviceID":"urn:ex:probe"}]}]""";
    String drums =
        """
        {"eventID":"urn:e:4","type":"TransformationEvent","eventTime":"2026-11-20T04:00:00Z",
        "eventTimeZoneOffset":"+00:00","inputEPCList":["urn:epc:id:sgtin:0614141.107346.77"],
        "outputQuantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.012345.998877",
        "quantity":1500,"uom":"GRM"}],"transformationID":"urn:ex:batch"}""";
    String packed =
        """
        {"eventID":"urn:e:5","type":"AggregationEvent","action":"ADD","eventTime":"2026-11-20T05:00:00Z",
        "eventTimeZoneOffset":"+00:00","parentID":"urn:epc:id:sscc:0614141.1234567890",
        "childEPCs":["urn:epc:id:sgtin:0614141.107346.1"],"bizLocation":{"id":"urn:epc:id:sgln:0012345.11111.400"},
        "bizTransactionList":[{"type":"po","bizTransaction":"urn:ex:order"}]}""";
    JsonNode job =
        site.captured(
            document(
                event("urn:e:1", 1, ",\"bizStep\":\"shipping\",\"disposition\":\"in_transit\""),
                event("urn:e:2", 2, cold),
                event("urn:e:3", 3, ",\"bizStep\":\"https://ref.gs1.org/cbv/BizStep-receiving\""),
                drums,
                packed,
                event("urn:e:6", 6, ",\"readPoint\":{\"id\":\"urn:ex:gate\"}"),
                event("urn:e:7", 7, ",\"bizStep\":\"shipping\",\"ext:lab\":\"A\"")));
    assertThat(job.path("success").asBoolean()).as(job.toString()).isTrue();
  }

  @AfterAll
  void stop() throws Exception {
    site.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "eventType=AggregationEvent%7CTransformationEvent; 4 5",
        "EQ_action=ADD; 5",
        "EQ_bizStep=shipping; 1 7",
        "EQ_bizStep=urn:epcglobal:cbv:bizstep:shipping%7Ccbv:BizStep-receiving; 1 3 7",
        "EQ_bizStep=shipping&EQ_disposition=in_transit; 1",
        "GE_eventTime=2026-11-20T05:00:00Z&LT_eventTime=2026-11-20T08:00:00%2B01:00; 5 6",
        "MATCH_epc=urn:epc:id:sgtin:0614141.107346.3; 3",
        "MATCH_epc=https://id.gs1.org/01/10614141073464/21/3; 3",
        "MATCH_epc=https://shop.example/gtin/10614141073464/ser/3; 3",
        "MATCH_anyEPC=urn:epc:id:sgtin:0614141.107346.1; 1 5",
        "MATCH_anyEPC=urn:epc:id:sgtin:0614141.107346.77; 4",
        "MATCH_inputEPC=urn:epc:id:sgtin:0614141.107346.77; 4",
        "MATCH_outputEPC=urn:epc:id:sgtin:0614141.107346.77; ''",
        "MATCH_parentID=https://id.gs1.org/00/106141412345678908; 5",
        "MATCH_outputEPCClass=https://id.gs1.org/01/04012345123456/10/998877; 4",
        "MATCH_anyEPCClass=urn:epc:class:lgtin:4012345.012345.998877; 4",
        "EQ_bizLocation=urn:epc:id:sgln:0012345.11111.400; 5",
        "EQ_readPoint=urn:ex:gate; 6",
        "EQ_transformationID=urn:ex:batch; 4",
        "EQ_bizTransaction_po=urn:ex:order; 5",
        "EQ_eventID=urn:e:2; 2",
        "EXISTS_sensorElementList=; 2",
        "EQ_type=Temperature; 2",
        "EQ_deviceID=urn:ex:probe; 2",
        "LT_value_CEL=0; 2",
        "EQ_value_FAH=27.5; 2",
        "GE_value_KEL=270.65; 2",
        "GT_value_KEL=270.65; ''",
        "LE_value_CEL=-2.50&EQ_type=gs1:Temperature; 2",
        "GE_time=2026-11-20T02:00:00Z; 2",
        "EQ_quantity=1500; 4",
        "EQ_quantity_KGM=1.5; 4",
        "GT_quantity_LBR=3.306&LT_quantity_LBR=3.307; 4",
        "GT_quantity_LTR=0; ''"
      })
  void findsWhatIsAskedFor(String query, String expected) throws Exception {
    List<String> wanted =
        expected.isEmpty()
            ? List.of()
            : List.of(expected.split(" ")).stream().map(number -> "urn:e:" + number).toList();
    assertThat(site.ids(query + "&orderBy=eventTime&orderDirection=ASC")).isEqualTo(wanted);
    assertThat(site.ids(query)).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "orderBy=eventTime&",
        "orderBy=eventTime&orderDirection=ASC&",
        "orderBy=recordTime&orderDirection=ASC&eventType=ObjectEvent%7CAggregationEvent%7CTransformationEvent&"
      })
  void pagesAreTheWholeWithoutOverlap(String query) throws Exception {
    List<String> whole = site.ids(query);
    assertThat(whole).hasSize(7);
    List<String> paged = new ArrayList<>();
    Optional<String> next = Optional.of("/epcis/events?" + query + "perPage=2");
    while (next.isPresent()) {
      HttpResponse<String> page = site.get(next.get());
      Json.parse(page.body())
          .at("/epcisBody/queryResults/resultsBody/eventList")
          .forEach(event -> paged.add(event.path("eventID").asText()));
      next = page.headers().firstValue("link").map(link -> link.substring(1, link.indexOf('>')));
    }
    assertThat(paged).isEqualTo(whole);
  }

  @Test
  void aLimitCountsOverPagesAndAMaximumRefuses() throws Exception {
    assertThat(site.ids("orderBy=eventTime&eventCountLimit=3"))
        .containsExactly("urn:e:7", "urn:e:6", "urn:e:5");
    String first = "/epcis/events?orderBy=eventTime&eventCountLimit=3&perPage=2";
    String link = site.get(first).headers().firstValue("link").orElseThrow();
    HttpResponse<String> last = site.get(link.substring(1, link.indexOf('>')));
    assertThat(last.body()).contains("urn:e:5").doesNotContain("urn:e:4");
    assertThat(last.headers().firstValue("link")).isEmpty();
    assertThat(site.ids("maxEventCount=7")).hasSize(7);
    refused("/epcis/events?maxEventCount=6", 413, "QueryTooLargeException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EQ_bizstep=shipping",
        "EQ_action=LOOK",
        "GE_eventTime=yesterday",
        "perPage=0",
        "perPage=2000",
        "perPage=many",
        "nextPageToken=garbage",
        "nextPageToken=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "eventCountLimit=3",
        "orderBy=eventTime&eventCountLimit=3&maxEventCount=3",
        "orderDirection=ASC",
        "orderBy=colour",
        "GE_value=3",
        "GE_value_CEL=warm",
        "WD_readPoint=urn:ex:gate",
        "EQ_ext:lab=A",
        "MATCH_epc=urn:epc:idpat:sgtin:0614141.107346.*",
        "MATCH_epc=",
        "EQ_eventID=a&EQ_eventID=b"
      })
  void aQueryThatCannotBeAnsweredIsRefusedWithAReason(String query) throws Exception {
    refused("/epcis/events?" + query, 400, "QueryParameterException");
  }

  @Test
  void aTokenServesOnlyItsOwnQuery() throws Exception {
    String link = site.get("/epcis/events?perPage=2").headers().firstValue("link").orElseThrow();
    String token = link.substring(link.indexOf("Token=") + 6, link.indexOf('>'));
    assertThat(site.ids("perPage=5&nextPageToken=" + token)).hasSize(5);
    refused(
        "/epcis/events?EQ_bizStep=shipping&nextPageToken=" + token, 400, "QueryParameterException");
  }

  @Test
  void identifiersStayAsCapturedUnlessOneFormIsAskedFor() throws Exception {
    HttpResponse<String> asSent = site.get("/epcis/events?EQ_eventID=urn:e:4");
    assertThat(asSent.body()).contains("urn:epc:id:sgtin:0614141.107346.77");
    assertThat(asSent.headers().firstValue("gs1-epc-format")).hasValue("Never_Translates");
    HttpResponse<String> links =
        site.get("/epcis/events?EQ_eventID=urn:e:4", "GS1-EPC-Format", "Always_GS1_Digital_Link");
    assertThat(links.body())
        .contains("https://id.gs1.org/01/10614141073464/21/77", "urn:ex:batch")
        .doesNotContain("urn:epc:");
    HttpResponse<String> urns =
        site.get("/epcis/events?EQ_eventID=urn:e:4", "GS1-EPC-Format", "Always_EPC_URN");
    assertThat(urns.headers().firstValue("gs1-epc-format")).hasValue("Always_EPC_URN");
    assertThat(urns.body())
        .contains("urn:epc:id:sgtin:0614141.107346.77", "urn:ex:batch")
        .doesNotContain("id.gs1.org");
    assertThat(site.get("/epcis/events", "GS1-EPC-Format", "always_urn").statusCode())
        .isEqualTo(406);
  }

  @Test
  void optionsTellWhatIsOfferedAndTheRestIsRefused() throws Exception {
    HttpResponse<String> options =
        site.send(
            site.request("/epcis/capture").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("allow")).hasValue("OPTIONS, GET, POST");
    assertThat(options.headers().firstValue("gs1-epcis-version")).hasValue("2.0.0");
    assertThat(options.headers().firstValue("gs1-epc-format"))
        .as("the default first")
        .hasValue("Never_Translates, Always_GS1_Digital_Link, Always_EPC_URN");
    assertThat(options.headers().firstValue("gs1-capture-error-behaviour")).hasValue("all");
    assertThat(options.headers().firstValue("gs1-epcis-capture-limit")).hasValue("4000");
    assertThat(options.headers().firstValue("gs1-epcis-capture-file-size-limit"))
        .hasValue("4194304");
    assertThat(Json.parse(site.get("/epcis").body()).path("member").toString())
        .isEqualTo("[\"capture\",\"events\"]");
    refused("/epcis/queries", 404, "NoSuchResourceException");
    refused("/epcis/capture/0123", 404, "NoSuchResourceException");
    refused("/epcis/events/urn:e:99", 404, "NoSuchResourceException");
    HttpResponse<String> deleted = site.send(site.request("/epcis/events").DELETE());
    assertThat(deleted.statusCode()).isEqualTo(405);
    assertThat(deleted.headers().firstValue("allow")).hasValue("OPTIONS, GET, POST");
  }

  @Test
  void whatCannotBeTakenIsRefusedAndCounted() throws Exception {
    String event = document(event("urn:e:8", 8, ""));
    assertThat(problem(site.post("/epcis/capture", event, "Content-Type", "application/xml")))
        .isEqualTo("415 UnsupportedMediaTypeException");
    assertThat(
            problem(
                site.post(
                    "/epcis/capture", event, "Content-Type", "application/json; charset=latin1")))
        .isEqualTo("415 UnsupportedMediaTypeException");
    assertThat(problem(site.get("/epcis/events", "Accept", "application/xml")))
        .isEqualTo("406 NotAcceptableException");
    assertThat(problem(site.get("/epcis/events", "GS1-EPCIS-Max", "1.2")))
        .isEqualTo("406 NotAcceptableException");
    assertThat(problem(site.post("/epcis/capture", "{\"type\":")))
        .isEqualTo("400 ValidationException");
    assertThat(problem(site.post("/epcis/capture", event, "GS1-Capture-Error-Behaviour", "all")))
        .isEqualTo("400 ValidationException");
    assertThat(problem(site.post("/epcis/capture", event + " ".repeat(5 << 20))))
        .isEqualTo("413 CaptureLimitExceededException");
    assertThat(problem(site.post("/epcis/events", document("1", "2"))))
        .isEqualTo("400 ValidationException");
    assertThat(site.gateway().problems().find("epcis.capture-refused", "capture")).isPresent();
    assertThat(site.gateway().problems().find("epcis.query-refused", "query")).isPresent();
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
        OutputStream out = socket.getOutputStream();
        out.write(
            ("POST /epcis/capture HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 4000000\r\n\r\n{\"@context\":")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[1 << 20]);
        out.flush();
      }
    }
    // 64 MB of broken uploads that were still held would leave no room for this one
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                site.post("/epcis/capture", document(event("urn:e:1", 1, ""))).statusCode() == 202);
    assertThat(site.found("")).hasSize(7);
  }

  @Test
  void aBodyTooLargeIsRefusedBeforeItIsSent() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /epcis/capture HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
                      + "\r\nContent-Length: 99999999999\r\nExpect: 100-continue\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  private void refused(String path, int status, String exception) throws Exception {
    assertThat(problem(site.get(path))).isEqualTo(status + " " + exception);
  }

  private static String problem(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    JsonNode problem = Json.parse(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("detail").asText()).isNotEmpty();
    return answer.statusCode() + " " + problem.path("type").asText().replace("epcisException:", "");
  }
}
