package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntriesApiTest {
  private static final String AMOUNT =
      """
      {"person": "p-17", "reason": "meter was out", "amount": {"meter": "press",\
       "from": "2026-03-02T08:00:00Z", "to": "2026-03-02T08:15:00Z", "kwh": "3.5",\
       "method": "invoice"}}\
      """;

  private final LedgerPlant plant = new LedgerPlant(withChiller());
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void serve() throws Exception {
    WebShell shell =
        new WebShell(
            vertx,
            WebAddress.loopback(0),
            new Assets(Dashboard.class, List.of()),
            problem -> problem.detail());
    new EntriesApi(plant.model(), plant::append).mount(shell.router());
    port = shell.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void anEntryAndItsApprovalByAnotherPersonAreLeaves() throws Exception {
    long entry = created(post("/api/v1/entries", AMOUNT));
    assertThat(body(entry))
        .isEqualTo(
            new Body.ManualEntry(
                "p-17",
                "meter was out",
                new Body.ManualEntry.Entry.Amount(
                    "press",
                    LedgerPlant.START,
                    LedgerPlant.START + LedgerPlant.QUARTER,
                    3_500_000,
                    "invoice")));
    long approval =
        created(post("/api/v1/entries/" + entry + "/approval", "{\"person\": \"p-18\"}"));
    assertThat(body(approval)).isEqualTo(new Body.Approval("p-18", entry));
  }

  @Test
  void aReplacedRegisterIsTakenExactly() throws Exception {
    long entry =
        created(
            post(
                "/api/v1/entries",
                """
                {"person": "p-17", "reason": "new meter", "discontinuity": {"meter": "press",
                 "at": "2026-03-02T09:00:00+01:00", "finalKwh": 62.000001, "initialKwh": 0}}\
                """));
    assertThat(body(entry))
        .isEqualTo(
            new Body.ManualEntry(
                "p-17",
                "new meter",
                new Body.ManualEntry.Entry.Discontinuity(
                    "press", LedgerPlant.START, 62_000_001, 0)));
  }

  @Test
  void aTopUpIsInTheUnitOfItsMeter() throws Exception {
    String topUp =
        """
        {"person": "p-17", "reason": "logbook page 4", "amount": {"meter": "chiller",\
         "from": "2026-03-02T08:00:00Z", "to": "2026-03-02T09:00:00Z", "kg": "2.5",\
         "method": "top-up"}}\
        """;
    long entry = created(post("/api/v1/entries", topUp));
    assertThat(body(entry))
        .isEqualTo(
            new Body.ManualEntry(
                "p-17",
                "logbook page 4",
                new Body.ManualEntry.Entry.Amount(
                    "chiller",
                    LedgerPlant.START,
                    LedgerPlant.START + 4 * LedgerPlant.QUARTER,
                    2_500_000,
                    "top-up")));
    refused(400, topUp.replace("\"kg\"", "\"kwh\""), "there are meter, from, to, kg, method");
    refused(400, topUp.replace("chiller", "press"), "there are meter, from, to, kwh, method");
  }

  @Test
  void nobodyApprovesAnEntryOfTheirOwn() throws Exception {
    long entry = created(post("/api/v1/entries", AMOUNT));
    long size = plant.log().size();
    String approval = "/api/v1/entries/" + entry + "/approval";
    refused(409, post(approval, "{\"person\": \"p-17\"}"), "another person");
    refused(400, post("/api/v1/entries/0/approval", "{\"person\": \"p-18\"}"), "no manual entry");
    refused(404, post("/api/v1/entries/9999/approval", "{\"person\": \"p-18\"}"), "no leaf 9999");
    assertThat(plant.log().size()).isEqualTo(size);
  }

  @Test
  void whatIsNotUnderstoodExactlyIsRefusedAndNotLogged() throws Exception {
    long size = plant.log().size();
    refused(400, AMOUNT.replace("\"reason\"", "\"raeson\""), "a key that is not known");
    refused(400, AMOUNT.replace("\"method\"", "\"kwh\""), "no JSON object");
    refused(400, AMOUNT.replace("press", "prass"), "did you mean 'press'?");
    refused(400, AMOUNT.replace("3.5", "3,5"), "no decimal of kWh");
    refused(400, AMOUNT.replace("3.5", "-3.5"), "no decimal of kWh");
    refused(400, AMOUNT.replace("3.5", "0.0000001"), "no decimal of kWh");
    refused(400, AMOUNT.replace("3.5", "9999999999"), "more than a register");
    refused(400, AMOUNT.replace("08:15:00Z", "07:15:00Z"), "to must be after from");
    refused(400, AMOUNT.replace("2026-03-02T08:15", "2027-03-02T08:15"), "in the future");
    refused(400, AMOUNT.replace("p-17", "Jane Doe"), "person is missing");
    refused(400, AMOUNT + AMOUNT, "no JSON object");
    refused(400, "", "must be a JSON object");
    refused(
        400, "{\"person\": \"p-17\", \"reason\": \"r\"}", "one of discontinuity, amount, weight");
    refused(413, AMOUNT.replace("meter was out", "x".repeat(5_000)), "larger");
    assertThat(plant.log().size()).isEqualTo(size);
  }

  @Test
  void aFormOfAnotherPageIsNotTaken() throws Exception {
    HttpRequest form =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/entries"))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(AMOUNT))
            .build();
    refused(415, client.send(form, HttpResponse.BodyHandlers.ofString()), "application/json");
  }

  private static PlantModel withChiller() {
    PlantModel base = LedgerPlant.plant(true);
    PlantModel.Meter chiller =
        new PlantModel.Meter(
            "chiller",
            "Chiller",
            Optional.empty(),
            PlantModel.Meter.Role.SUPPLY,
            Optional.empty(),
            PlantModel.Meter.IMPORTED,
            "",
            "1",
            1_000_000,
            "r410a",
            LedgerPlant.QUARTER,
            OptionalLong.empty());
    return new PlantModel(
        base.facility(),
        base.name(),
        base.operator(),
        base.timeZone(),
        base.simulated(),
        base.agents(),
        base.grid(),
        List.of(
            new PlantModel.Carrier(
                "r410a",
                "R410A",
                PlantModel.Carrier.Kind.REFRIGERANT,
                new EmissionFactor(
                    "r410a",
                    new BigDecimal("1924"),
                    EmissionFactor.Unit.KG,
                    "2025",
                    "use",
                    "AR5",
                    "test",
                    "none"),
                Optional.empty(),
                Optional.empty())),
        base.workstations(),
        Stream.concat(base.meters().stream(), Stream.of(chiller)).toList(),
        base.scales(),
        base.scanners(),
        base.materials(),
        base.additions());
  }

  private Body body(long leaf) {
    return plant.leaf(leaf).statement().statement().body();
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static long created(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode json = Json.parse(answer.body());
    assertThat(answer.headers().firstValue("location"))
        .hasValue("/api/v1/evidence/" + json.path("leaf").longValue());
    return json.path("leaf").longValue();
  }

  private void refused(int status, String body, String reason) throws Exception {
    refused(status, post("/api/v1/entries", body), reason);
  }

  private static void refused(int status, HttpResponse<String> answer, String reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(reason);
  }
}
