package io.tracegram.gateway;

import static io.tracegram.gateway.EpcisSite.document;
import static io.tracegram.gateway.EpcisSite.encoded;
import static io.tracegram.gateway.EpcisSite.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.web.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a job calls captured is in the log, once, whatever happens to the projection. */
@Timeout(120)
class EpcisCaptureTest {
  private final Path data;

  EpcisCaptureTest(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void whatWasCapturedComesBackAsItWasSent() throws Exception {
    String sent =
        event(
            "urn:uuid:00000000-0000-4000-8000-000000000001",
            9,
            """
            ,"ext:grade":{"ext:b":"2.50","ext:a":[1.50,true,null]},"bizStep":"urn:epcglobal:cbv:bizstep:shipping",
            "quantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.012345.998877","quantity":2.500,"uom":"KGM"}]""");
    try (EpcisSite site = new EpcisSite(data)) {
      JsonNode job = site.captured(document(sent));
      assertThat(job.path("success").asBoolean()).as(job.toString()).isTrue();
      JsonNode answer = Json.parse(site.get("/epcis/events").body());
      ObjectNode back = (ObjectNode) answer.at("/epcisBody/queryResults/resultsBody/eventList/0");
      assertThat(back.remove("recordTime")).as("the standard demands it of results").isNotNull();
      assertThat(back.toString()).isEqualTo(Json.parse(sent).toString());
      assertThat(answer.at("/@context").toString())
          .startsWith(
              "[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\","
                  + "{\"ext\":\"https://ext.example/ns/\"}");
      assertThat(answer.at("/tracegram:evidence/0/origin").asText()).isEqualTo("captured");
      assertThat(answer.at("/tracegram:evidence/0/leaf").asLong())
          .isEqualTo(job.path("tracegram:leaf").asLong());
      assertThat(answer.path("tracegram:asOf").asLong())
          .isGreaterThan(job.path("tracegram:leaf").asLong());
    }
  }

  @Test
  void rollbackKeepsNothingOfADocumentWithOneBadEventAndProceedKeepsTheGood() throws Exception {
    String good = event("urn:uuid:00000000-0000-4000-8000-000000000001", 9, "");
    String bad = good.replace("OBSERVE", "LOOK").replace("0001\"", "0002\"");
    try (EpcisSite site = new EpcisSite(data)) {
      JsonNode rolledBack = site.captured(document(good, bad));
      assertThat(rolledBack.path("success").asBoolean()).isFalse();
      assertThat(rolledBack.path("captureErrorBehaviour").asText()).isEqualTo("rollback");
      assertThat(rolledBack.at("/errors/0/type").asText())
          .isEqualTo("epcisException:ValidationException");
      assertThat(rolledBack.at("/errors/0/detail").asText()).contains("event 1", "action");
      assertThat(site.found("")).isEmpty();

      JsonNode kept = site.captured(document(good, bad), "GS1-Capture-Error-Behaviour", "proceed");
      assertThat(kept.path("success").asBoolean()).isFalse();
      assertThat(kept.path("errors")).hasSize(1);
      assertThat(site.ids("")).containsExactly("urn:uuid:00000000-0000-4000-8000-000000000001");
    }
    assertThat(captures())
        .singleElement()
        .extracting(Body.EpcisCapture::refused)
        .asList()
        .containsExactly(1);
  }

  @Test
  void theSameEventMayComeAgainAndAnotherOfItsIdMayNot() throws Exception {
    String event = event("urn:uuid:00000000-0000-4000-8000-000000000001", 9, "");
    try (EpcisSite site = new EpcisSite(data)) {
      assertThat(site.captured(document(event)).path("success").asBoolean()).isTrue();
      assertThat(site.captured(document(event)).path("success").asBoolean()).isTrue();
      JsonNode other = site.captured(document(event.replace("OBSERVE", "ADD")));
      assertThat(other.at("/errors/0/type").asText())
          .isEqualTo("epcisException:ResourceAlreadyExistsException");
      HttpResponse<String> one =
          site.post("/epcis/events", withContext(event.replace("OBSERVE", "ADD")));
      assertThat(one.statusCode()).isEqualTo(409);
      assertThat(site.found("")).hasSize(1);
    }
    assertThat(captures()).as("a repeat needs no leaf").hasSize(1);
  }

  @Test
  void anErrorDeclarationStandsBesideTheEventThatItTakesBack() throws Exception {
    String id = "urn:uuid:00000000-0000-4000-8000-000000000001";
    try (EpcisSite site = new EpcisSite(data)) {
      site.captured(document(event(id, 9, "")));
      String error =
          ",\"errorDeclaration\":{\"declarationTime\":\"2026-11-21T00:00:00Z\","
              + "\"reason\":\"incorrect_data\"}";
      JsonNode job = site.captured(document(event(id, 9, error)));
      assertThat(job.path("success").asBoolean()).as(job.toString()).isTrue();
      assertThat(site.ids("EQ_eventID=" + encoded(id))).containsExactly(id, id);
      assertThat(site.ids("EXISTS_errorDeclaration=")).containsExactly(id);
      assertThat(site.ids("EQ_errorReason=incorrect_data")).containsExactly(id);
    }
  }

  @Test
  void oneEventIsCapturedAtOnceAndFoundUnderItsAddress() throws Exception {
    String event = event("x", 9, "").replace("\"eventID\":\"x\",", "");
    try (EpcisSite site = new EpcisSite(data)) {
      HttpResponse<String> created = site.post("/epcis/events", withContext(event));
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      String id = Json.parse(created.body()).path("eventID").asText();
      assertThat(id).startsWith("ni:///sha-256;").endsWith("?ver=CBV2.0");
      String location = created.headers().firstValue("location").orElseThrow();
      JsonNode found =
          Json.parse(site.get(location).body()).at("/epcisBody/queryResults/resultsBody/eventList");
      assertThat(found).hasSize(1);
      assertThat(found.at("/0/eventID").asText()).isEqualTo(id);
      HttpResponse<String> unencoded = site.get("/epcis/events/" + id);
      assertThat(unencoded.statusCode()).as("with its question mark as it is").isEqualTo(200);
    }
  }

  @Test
  void whatTheProjectionMissedIsReadFromTheLogOnceAtTheNextStart() throws Exception {
    List<String> ids;
    Path before = data.resolve("before.db");
    try (EpcisSite site = new EpcisSite(data)) {
      site.captured(document(event("urn:uuid:00000000-0000-4000-8000-000000000001", 9, "")));
    }
    Files.copy(projection(), before);
    try (EpcisSite site = new EpcisSite(data)) {
      site.captured(document(event("urn:uuid:00000000-0000-4000-8000-000000000002", 10, "")));
      ids = site.ids("");
    }
    // as a kill -9 between log and projection leaves it
    Files.delete(projection());
    Files.copy(before, projection());
    try (EpcisSite site = new EpcisSite(data)) {
      assertThat(site.ids("")).isEqualTo(ids).hasSize(2);
      assertThat(Json.parse(site.get("/epcis/capture").body())).hasSize(2);
    }
  }

  @Test
  void aLostOrDamagedProjectionIsBuiltAgainWithTheSameAnswers() throws Exception {
    String answer;
    try (EpcisSite site = new EpcisSite(data)) {
      for (int hour = 1; hour < 6; hour++) {
        site.captured(
            document(event("urn:uuid:00000000-0000-4000-8000-00000000000" + hour, hour, "")));
      }
      answer = site.found("orderBy=eventTime").toString();
    }
    Files.delete(projection());
    try (EpcisSite site = new EpcisSite(data)) {
      assertThat(site.found("orderBy=eventTime")).hasToString(answer);
    }
    Files.writeString(
        projection(), "this is no database, and long enough to be told so".repeat(99));
    try (EpcisSite site = new EpcisSite(data)) {
      assertThat(site.found("orderBy=eventTime")).hasToString(answer);
    }
  }

  @Test
  void aDocumentLargerThanALeafIsCapturedWhole() throws Exception {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      events.add(event("urn:uuid:00000000-0000-4000-8000-%012d".formatted(i), i % 24, ""));
    }
    String document = document(events.toArray(String[]::new));
    assertThat(document.length()).isGreaterThan(120_000);
    try (EpcisSite site = new EpcisSite(data)) {
      assertThat(site.captured(document).path("success").asBoolean()).isTrue();
      assertThat(site.found("perPage=1000")).hasSize(700);
    }
    Files.delete(projection());
    try (EpcisSite site = new EpcisSite(data)) {
      assertThat(site.found("perPage=1000")).as("from its parts").hasSize(700);
    }
  }

  private static String withContext(String event) {
    return event.replaceFirst(
        "\\{",
        "{\"@context\":[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"],");
  }

  private Path projection() {
    return data.resolve("epcis/events.db");
  }

  private List<Body.EpcisCapture> captures() throws IOException {
    List<Body.EpcisCapture> captures = new ArrayList<>();
    try (EvidenceLog log = EvidenceLog.open(data.resolve("log"))) {
      for (byte[] leaf : log.entries(0, log.size())) {
        if (Leaf.parse(leaf).statement().statement().body() instanceof Body.EpcisCapture capture) {
          captures.add(capture);
        }
      }
    }
    return captures;
  }
}
