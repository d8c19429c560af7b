package io.tracegram.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tracegram.cloud.declaration.FacilityOverview;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.verification.LogReplay;
import io.tracegram.runtime.epcis.EpcisJudge;
import io.tracegram.runtime.epcis.JudgedDocument;
import io.tracegram.runtime.epcis.JudgedEvent;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.web.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events of audited facilities and documents captured at the centre, by one interface. */
@Timeout(180)
class CloudEpcisTest {
  private static final Path SCHEMA =
      Path.of(System.getProperty("tracegram.shared.data", "../../shared/data"))
          .resolve("EPCIS-JSON-Schema.json");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final SampleFacility refinery = new SampleFacility("refinery");
  private final SampleFacility cellPlant = new SampleFacility("cell-plant");
  private final Path directory;

  CloudEpcisTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void eventsOfAuditedFacilitiesAreFoundWithTheLogAndLeafThatProveThem() throws Exception {
    JsonNode events;
    try (SampleService service = service()) {
      handle(refinery, "P");
      handle(cellPlant, "Q");
      service.mirror(refinery, 0);
      service.mirror(cellPlant, 0);
      awaitEvents(service, "", 6);
      JsonNode answer = answer(service, "MATCH_anyEPCClass=" + lot("P"));
      events = list(answer);
      assertThat(events)
          .extracting(event -> event.path("type").asText())
          .containsExactlyInAnyOrder("ObjectEvent", "TransformationEvent");
      for (JsonNode evidence : answer.path("tracegram:evidence")) {
        assertThat(evidence.path("log").asText()).isEqualTo("example.com/refinery");
        byte[] leaf = refinery.leaves.get(evidence.path("leaf").asInt());
        assertThat(Leaf.parse(leaf).statement().statement().body().kind())
            .isEqualTo(Kind.CUSTODY_EVENT);
      }
      assertThat(answer.path("tracegram:logs"))
          .extracting(log -> log.path("log").asText() + " " + log.path("asOf").asText())
          .contains(
              "example.com/refinery " + refinery.leaves.size(),
              "example.com/cell-plant " + cellPlant.leaves.size());
    }
    try (SampleService again = service()) {
      awaitEvents(again, "", 6);
      assertThat(list(answer(again, "MATCH_anyEPCClass=" + lot("P")))).isEqualTo(events);
    }
  }

  /** From real scans and weights, through the floor's own rules. */
  @Test
  void whatTheFloorBringsAboutIsJudgedCleanAndFitsTheStandardsSchema() throws Exception {
    assumeTrue(
        Files.exists(SCHEMA),
        () -> SCHEMA + " is absent: give its folder by -Dtracegram.shared.data");
    try (SampleService service = service()) {
      handle(refinery, "P");
      service.mirror(refinery, 0);
      awaitEvents(service, "", 3);
      JsonNode answer = answer(service, "");
      assertThat(
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                  .getSchema(Files.readString(SCHEMA))
                  .validate(
                      answer,
                      context -> context.getExecutionConfig().setFormatAssertionsEnabled(true)))
          .isEmpty();
      for (JsonNode event : list(answer)) {
        String document = document(answer.path("@context").toString(), event.toString());
        assertThat(new EpcisJudge().judge(document.getBytes(StandardCharsets.UTF_8)))
            .isInstanceOfSatisfying(
                JudgedDocument.Read.class,
                read ->
                    assertThat(read.events())
                        .as(event.toString())
                        .hasOnlyElementsOfType(JudgedEvent.Valid.class));
      }
    }
  }

  @Test
  void noEventIsShownFromTheFirstLeafThatDoesNotVerifyOn() throws Exception {
    try (SampleService service = service()) {
      refinery.read(SampleFacility.START, 1_000);
      refinery.handle(SampleFacility.START, "in", label("A"), 100);
      // attacker: the gateway's operator logs a result that the rules do not give
      refinery.say(new Body.Derived(Kind.ACCOUNT, 3, 0, Content.of(new byte[] {1})));
      refinery.handle(SampleFacility.START + 60_000, "in", label("B"), 100);
      service.mirror(refinery, 0);
      await()
          .atMost(LONG)
          .until(() -> service.overview(0).verdict() instanceof FacilityOverview.Verdict.Failed);
      awaitEvents(service, "", 1);
      assertThat(list(answer(service, "")).get(0).toString()).contains("/10/A");
    }
  }

  @Test
  void aDocumentCapturedAtTheCentreIsALeafOfItsLogThatVerifiesAndIsFoundOnceForEver()
      throws Exception {
    String many =
        document(CONTEXT, IntStream.range(0, 900).mapToObj(i -> event(i)).toArray(String[]::new));
    assertThat(many.length()).as("in parts").isGreaterThan(131_072);
    try (SampleService service = service()) {
      await().atMost(LONG).until(() -> service.get("/epcis/events").statusCode() == 200);
      JsonNode first = captured(service, document(CONTEXT, event(1_000)));
      assertThat(first.path("success").asBoolean()).as(first.toString()).isTrue();
      JsonNode second = captured(service, many);
      assertThat(second.path("success").asBoolean()).as(second.toString()).isTrue();
      assertThat(list(answer(service, "perPage=1000"))).hasSize(901);
      JsonNode again = captured(service, document(CONTEXT, event(1_000).replace("OBSERVE", "ADD")));
      assertThat(again.at("/errors/0/type").asText())
          .isEqualTo("epcisException:ResourceAlreadyExistsException");
      JsonNode one = answer(service, "EQ_eventID=" + id(1_000));
      assertThat(one.at("/tracegram:evidence/0/log").asText()).isEqualTo("cloud.example/log");
      assertThat(one.at("/tracegram:evidence/0/leaf").asLong())
          .isEqualTo(first.path("tracegram:leaf").asLong());
      assertThat(verified(service.cloud.log().log())).isEqualTo(2);
    }
    Files.delete(directory.resolve("epcis/events.db"));
    try (SampleService rebuilt = service()) {
      awaitEvents(rebuilt, "perPage=1000", 901);
      assertThat(Json.parse(rebuilt.get("/epcis/capture").body())).hasSize(2);
    }
  }

  @Test
  void anEventOfAFacilityKeepsItsIdAgainstWhoeverCapturesAnotherUnderIt() throws Exception {
    try (SampleService service = service()) {
      handle(refinery, "P");
      service.mirror(refinery, 0);
      awaitEvents(service, "", 3);
      String ours = list(answer(service, "")).get(0).path("eventID").asText();
      JsonNode job = captured(service, document(CONTEXT, event(1).replace(id(1), ours)));
      assertThat(job.path("success").asBoolean()).isFalse();
      assertThat(job.path("errors").toString()).contains(ours);
      assertThat(list(answer(service, "EQ_eventID=" + ours))).hasSize(1);
    }
  }

  private static final String CONTEXT =
      "[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"]";

  private SampleService service() throws Exception {
    return new SampleService(directory, refinery, cellPlant);
  }

  /** Receives hydroxide, makes a lot of sulphate of it, ships that. */
  private static void handle(SampleFacility facility, String lot) {
    long start = SampleFacility.START;
    facility.read(start, 1_000);
    facility.handle(start, "in", label("A"), 100);
    facility.handle(start, "feed", label("A"), 100);
    facility.read(start + SampleFacility.QUARTER, 11_000);
    String made = "01" + SampleFacility.SULPHATE + "10" + lot;
    facility.handle(start + SampleFacility.QUARTER, "out", made, 99);
    facility.handle(start + SampleFacility.QUARTER + 60_000, "dock", made, 99);
  }

  private static String label(String lot) {
    return "01" + SampleFacility.HYDROXIDE + "10" + lot;
  }

  private static String lot(String number) {
    return "https://id.gs1.org/01/" + SampleFacility.SULPHATE + "/10/" + number;
  }

  private static JsonNode answer(SampleService service, String query) throws Exception {
    HttpResponse<String> answer = service.get("/epcis/events?" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.parse(answer.body());
  }

  private static JsonNode list(JsonNode answer) {
    return answer.at("/epcisBody/queryResults/resultsBody/eventList");
  }

  private static void awaitEvents(SampleService service, String query, int count) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(list(answer(service, query))).hasSize(count));
  }

  private static JsonNode captured(SampleService service, String document) throws Exception {
    HttpResponse<String> accepted = service.capture(document);
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    String job = accepted.headers().firstValue("location").orElseThrow();
    await()
        .atMost(LONG)
        .until(() -> !Json.parse(service.get(job).body()).path("running").asBoolean(true));
    return Json.parse(service.get(job).body());
  }

  private static long verified(EvidenceLog log) {
    LogReplay replay = new LogReplay(Optional.empty());
    for (long i = 0; i < log.size(); i++) {
      assertThat(replay.next(log.leaf(i))).as("leaf " + i).isEmpty();
    }
    return replay.cloud().orElseThrow().captures();
  }

  private static String document(String context, String... events) {
    return """
        {"@context":%s,"type":"EPCISDocument","schemaVersion":"2.0",
        "creationDate":"2026-11-20T08:00:00Z","epcisBody":{"eventList":[%s]}}"""
        .formatted(context, String.join(",", events));
  }

  private static String id(int number) {
    return "urn:uuid:00000000-0000-4000-8000-%012d".formatted(number);
  }

  private static String event(int number) {
    return """
        {"eventID":"%s","type":"ObjectEvent","action":"OBSERVE","eventTime":"2026-11-20T09:00:00.000Z",
        "eventTimeZoneOffset":"+00:00","epcList":["urn:epc:id:sgtin:0614141.107346.%d"]}"""
        .formatted(id(number), number);
  }
}
