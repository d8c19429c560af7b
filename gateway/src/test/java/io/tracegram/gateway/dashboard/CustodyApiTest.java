package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.FloorRules;
import io.tracegram.ledger.plant.FloorRules.Band;
import io.tracegram.ledger.plant.FloorRules.Percent;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.config.PeriodPolicy;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Typed weights, mass balance and exceptions over the JSON interface, on a real ledger. */
class CustodyApiTest {
  private static final String ORE = "09520000000011";
  private static final String METAL = "09520000000028";
  private static final long AT = LedgerPlant.START + 5 * LedgerPlant.QUARTER;
  private static final String SPAN = "from=2026-03-02T09:00:00Z&to=2026-03-02T11:00:00Z";

  private final LedgerPlant plant = new LedgerPlant(model());
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  /** A furnace that makes metal of ore, neither with a secondary factor. */
  static PlantModel model() {
    PlantModel base =
        LedgerPlant.plant(PlantModel.Grid.of(LedgerPlant.factor("grid-year", "0.2")), "1");
    return new PlantModel(
        base.facility(),
        base.name(),
        base.operator(),
        base.timeZone(),
        true,
        base.agents(),
        base.grid(),
        List.of(),
        base.workstations(),
        base.meters(),
        List.of("scale"),
        List.of(
            scanner("in", Scanner.Step.RECEIVE),
            scanner("feed", Scanner.Step.INPUT),
            scanner("out", Scanner.Step.OUTPUT)),
        List.of(
            new PlantModel.Material(ORE, "Ore", Optional.empty()),
            new PlantModel.Material(METAL, "Metal", Optional.empty())),
        Additions.NONE.with(
            new FloorRules(
                List.of(
                    new FloorRules.MaterialRule(
                        METAL,
                        Optional.of(new Band(new Percent(90_000), new Percent(100_000))),
                        false)),
                List.of(new FloorRules.Loss("furnace", new Percent(5_000))))));
  }

  private static Scanner scanner(String id, Scanner.Step step) {
    return new Scanner(id, "furnace", step, Optional.of("scale"), Optional.empty());
  }

  @BeforeEach
  void serve() throws Exception {
    Dashboard dashboard =
        new Dashboard(
            vertx, plant.model(), Clock.systemUTC(), PeriodPolicy.DEFAULT.materialityPercent());
    WebShell shell = new WebShell(vertx, WebAddress.loopback(0), dashboard.assets(), dashboard);
    dashboard.mount(shell.router());
    new EntriesApi(plant.model(), plant::append).mount(shell.router());
    port = shell.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** 40 kg typed, 60 kg weighed, 80 kg made of both: 32 kg of it rest on typing. */
  @Test
  void aTypedWeightCountsAfterApprovalAndIsSeenWhereverItGoes() throws Exception {
    long scan = plant.tell(AT, scan("in", ORE, "A"));
    long entry =
        leaf(
            post(
                "/api/v1/entries",
                """
                {"person": "p-17", "reason": "scale broken",
                 "weight": {"scanner": "in", "scan": %d, "kg": "40"}}\
                """
                    .formatted(scan)));
    assertThat(get("/api/v1/lots/01/" + ORE + "/10/A").statusCode()).isEqualTo(404);
    leaf(post("/api/v1/entries/" + entry + "/approval", "{\"person\": \"p-18\"}"));

    assertThat(get("/lots/01/" + ORE + "/10/A").body()).contains("its weight typed by a person");
    JsonNode typed = json("/api/v1/lots/01/" + ORE + "/10/A");
    assertThat(typed.path("weighed").textValue()).isEqualTo("typed");
    assertThat(typed.path("typedKg").textValue()).isEqualTo("40");
    receive("B", 60);
    take("A", 40);
    take("B", 60);
    make("M", 80);
    JsonNode made = json("/api/v1/lots/01/" + METAL + "/10/M");
    assertThat(made.path("weighed").textValue()).isEqualTo("scale");
    assertThat(made.path("typedKg").textValue()).isEqualTo("32");

    JsonNode problems = json("/api/v1/problems?kind=custody").path("problems");
    assertThat(problems).isNotEmpty();
    assertThat(problems.findValuesAsText("code"))
        .allMatch(code -> code.startsWith("custody."))
        .contains("custody.weight-typed", "custody.mass-missing", "custody.yield");
    assertThat(get("/api/v1/problems?kind=other").statusCode()).isEqualTo(400);
    assertThat(json("/api/v1/evidence/" + entry).toString()).contains("\"massKg\":\"40\"");
  }

  @Test
  void theBalanceOfMaterialsAndOfAnOrderIsExact() throws Exception {
    receive("A", 100);
    take("A", 90);
    make("M", 80);

    JsonNode balance = json("/api/v1/balance?" + SPAN);
    JsonNode ore = balance.path("materials").path(0);
    assertThat(ore.path("material").textValue()).isEqualTo("Ore");
    assertThat(ore.path("receivedKg").textValue()).isEqualTo("100");
    assertThat(ore.path("consumedKg").textValue()).isEqualTo("90");
    assertThat(ore.path("closingKg").textValue()).isEqualTo("10");
    JsonNode total = balance.path("total");
    assertThat(total.path("lossKg").textValue()).isEqualTo("10");
    assertThat(total.path("differenceKg").textValue()).isEqualTo("0");
    assertThat(json("/api/v1/balance?material=" + METAL + "&" + SPAN).path("materials")).hasSize(1);

    JsonNode lot = json("/api/v1/lots/01/" + METAL + "/10/M");
    String id = lot.at("/genealogy/madeOf/0/order").textValue();
    JsonNode order = json("/api/v1/balance?order=" + id);
    assertThat(order.path("inKg").textValue()).isEqualTo("90");
    assertThat(order.path("productKg").textValue()).isEqualTo("80");
    assertThat(order.path("differenceKg").textValue()).isEqualTo("10");
    assertThat(order.path("declaredLossKg").textValue()).isEqualTo("4.5");
    assertThat(order.at("/yields/0/within").booleanValue()).isFalse();
    assertThat(order.path("problems").findValuesAsText("code"))
        .containsExactlyInAnyOrder("custody.mass-missing", "custody.yield");
  }

  @Test
  void whatIsNotUnderstoodIsRefused() throws Exception {
    refused(400, "/api/v1/balance", "give from and to");
    refused(400, "/api/v1/balance?from=2026-03-02T09:01:00Z&to=2026-03-02T10:00:00Z", "whole");
    refused(400, "/api/v1/balance?order=x&" + SPAN, "either order");
    refused(404, "/api/v1/balance?order=x", "no order");
    refused(404, "/api/v1/balance?material=1&" + SPAN, "Nothing of material");
    long size = plant.log().size();
    String weight =
        "{\"person\": \"p\", \"reason\": \"r\", \"weight\": {\"scanner\": \"in\", \"scan\": 1,"
            + " \"kg\": 40}}";
    for (String wrong :
        List.of(
            weight.replace("\"in\"", "\"inn\""),
            weight.replace("40", "-40"),
            weight.replace("40", "0"),
            weight.replace("40", "\"4O\""),
            weight.replace(": 1,", ": 1.5,"),
            weight.replace(": 1,", ": -1,"),
            weight.replace("\"kg\"", "\"lb\""))) {
      assertThat(post("/api/v1/entries", wrong).statusCode()).as(wrong).isEqualTo(400);
    }
    assertThat(plant.log().size()).isEqualTo(size);
  }

  private static Body.Scan scan(String scanner, String gtin, String lot) {
    return new Body.Scan(scanner, AT, "Q3", "01" + gtin + "10" + lot);
  }

  private void receive(String lot, long kilograms) {
    plant.tell(AT, scan("in", ORE, lot));
    weigh(kilograms);
  }

  private void take(String lot, long kilograms) {
    plant.tell(AT, scan("feed", ORE, lot));
    weigh(kilograms);
  }

  private void make(String lot, long kilograms) {
    plant.tell(AT, scan("out", METAL, lot));
    weigh(kilograms);
  }

  private void weigh(long kilograms) {
    plant.tell(AT, new Body.Weight("scale", AT, new Mass(kilograms * 1_000_000)));
  }

  private void refused(int status, String path, String reason) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(reason);
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.parse(answer.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static long leaf(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Json.parse(answer.body()).path("leaf").longValue();
  }
}
