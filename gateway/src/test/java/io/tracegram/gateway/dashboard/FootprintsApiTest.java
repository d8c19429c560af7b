package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.plant.Supplier;
import io.tracegram.runtime.claim.SigningDesk;
import io.tracegram.runtime.pact.FootprintCheck;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FootprintsApiTest {
  private static final String FOOTPRINT =
      """
      {"id": "3893bb5d-da16-4dc1-9185-11d97476c254", "specVersion": "3.0.3",
       "created": "2026-01-15T10:15:30Z", "status": "Active", "companyName": "Mine Oy",
       "companyIds": ["urn:company:example:mine"], "productDescription": "MHP",
       "productIds": ["urn:gtin:9520000000011"], "productNameCompany": "MHP",
       "pcf": {"declaredUnitOfMeasurement": "kilogram", "declaredUnitAmount": "1",
        "productMassPerDeclaredUnit": "1", "referencePeriodStart": "2025-01-01T00:00:00Z",
        "referencePeriodEnd": "2026-01-01T00:00:00Z", "pcfExcludingBiogenicUptake": "2.5",
        "pcfIncludingBiogenicUptake": "2.5", "fossilGhgEmissions": "2.5",
        "fossilCarbonContent": "0", "ipccCharacterizationFactors": ["AR6"],
        "crossSectoralStandards": ["PACT-3.0"], "exemptedEmissionsPercent": "0",
        "primaryDataShare": "80"}}""";

  private final LedgerPlant plant = new LedgerPlant();
  private final List<String> refusals = new ArrayList<>();
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
    new FootprintsApi(
            new SupplierDesk(
                plant,
                plant.model(),
                plant::append,
                (subject, reason) -> refusals.add(subject + ": " + reason)),
            Runnable::run)
        .mount(shell.router());
    port = shell.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void aFootprintIsLoggedOnceWithTheBytesThatTheSupplierSent() throws Exception {
    HttpResponse<String> first = post("", FOOTPRINT);
    assertThat(first.statusCode()).isEqualTo(201);
    long leaf = Json.parse(first.body()).path("leaf").asLong();
    assertThat(first.headers().firstValue("Location")).hasValue("/api/v1/evidence/" + leaf);
    Body.SupplierFootprint said =
        (Body.SupplierFootprint) plant.leaf(leaf).statement().statement().body();
    byte[] sent = FOOTPRINT.getBytes(StandardCharsets.UTF_8);
    assertThat(((Document.Inline) said.document()).content().bytes()).isEqualTo(sent);
    assertThat(new FootprintCheck().refusal(said, sent)).isEmpty();

    long size = plant.log().size();
    HttpResponse<String> again = post("", FOOTPRINT);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(Json.parse(again.body()).path("leaf").asLong()).isEqualTo(leaf);
    assertThat(plant.log().size()).isEqualTo(size);
    HttpResponse<String> forALot = post("?lot=01/09520000000011/10/A", FOOTPRINT);
    assertThat(forALot.statusCode()).isEqualTo(201);

    JsonNode told = Json.parse(get().body());
    assertThat(told.path("footprints")).hasSize(2);
    JsonNode oldest = told.path("footprints").get(1);
    assertThat(oldest.path("co2eKg").asText()).isEqualTo("2.5");
    assertThat(oldest.path("sha256").asText()).isEqualTo(Hash.sha256(sent).hex());
    assertThat(oldest.path("state").asText()).isEqualTo("in force");
    assertThat(oldest.path("evidence").path("leaf").asLong()).isEqualTo(leaf);
  }

  @Test
  void aLargeFootprintStandsInParts() throws Exception {
    String large =
        FOOTPRINT.replace(
            "\"productDescription\": \"MHP\"",
            "\"productDescription\": \"" + "x".repeat(60_000) + "\"");
    HttpResponse<String> answer = post("", large);
    assertThat(answer.statusCode()).isEqualTo(201);
    long leaf = Json.parse(answer.body()).path("leaf").asLong();
    assertThat(plant.leaf(leaf - 1).statement().statement().body()).isInstanceOf(Body.Part.class);
    assertThat(Json.parse(get().body()).path("footprints")).hasSize(1);
  }

  @Test
  void whatIsWrongIsSaidAllAtOnceAndNothingIsLogged() throws Exception {
    long size = plant.log().size();
    HttpResponse<String> answer =
        post(
            "",
            FOOTPRINT
                .replace("\"80\"", "\"180\"")
                .replace("\"fossilGhgEmissions\": \"2.5\"", "\"fossilGhgEmissions\": \"2.4\""));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = Json.parse(answer.body());
    assertThat(problem.path("detail").asText()).contains("Nothing is logged");
    assertThat(problem.path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/pcf/pcfExcludingBiogenicUptake", "/pcf/primaryDataShare");
    assertThat(post("?lot=01/09520000000028/10/A", FOOTPRINT).statusCode()).isEqualTo(400);
    assertThat(post("?lot=A", FOOTPRINT).statusCode()).isEqualTo(400);
    assertThat(post("?lat=A", FOOTPRINT).statusCode()).isEqualTo(400);
    assertThat(post("", "").statusCode()).isEqualTo(400);
    assertThat(post("", "x".repeat(2 << 20)).statusCode()).isEqualTo(413);
    assertThat(plant.log().size()).isEqualTo(size);
  }

  @Test
  void aFootprintThatItsSupplierSignedIsShownSoAndAForgedOneIsRefused() throws Exception {
    PrivateKey key = PrivateKey.of(Algorithm.ED25519, new byte[32]);
    SigningDesk desk = new SigningDesk(key, Clock.systemUTC());
    byte[] bytes = FOOTPRINT.getBytes(StandardCharsets.UTF_8);
    byte[] signed = desk.sign(bytes, "plant", Optional.empty()).encoded();
    long size = plant.log().size();
    assertThat(postSigned("", signed).statusCode()).as("nobody declared the key").isEqualTo(422);
    assertThat(plant.log().size()).isEqualTo(size);
    plant.declare(
        additions ->
            additions.withSuppliers(
                List.of(new Supplier("mine", "Mine Oy", key.publicKey(), List.of()))));
    assertThat(postSigned("?lot=01/09520000000011/10/A", signed).statusCode())
        .as("it was signed for the product, not for this lot")
        .isEqualTo(422);
    assertThat(refusals).hasSize(2).last().asString().startsWith("footprints: ");

    assertThat(post("", FOOTPRINT).statusCode()).isEqualTo(201);
    HttpResponse<String> answer = postSigned("", signed);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(postSigned("", signed).statusCode()).isEqualTo(200);
    Body.SupplierFootprint said =
        (Body.SupplierFootprint)
            plant
                .leaf(Json.parse(answer.body()).path("leaf").asLong())
                .statement()
                .statement()
                .body();
    assertThat(said.signature().orElseThrow().isOf(key.publicKey(), bytes)).isTrue();
    JsonNode told = Json.parse(get().body()).path("footprints");
    assertThat(told.get(0).path("signedBy").asText()).isEqualTo("the supplier's key");
    assertThat(told.get(1).path("signedBy").asText()).contains("on the supplier's behalf");
  }

  private HttpResponse<String> postSigned(String query, byte[] body) throws Exception {
    return send(
        request(query)
            .header("Content-Type", "application/cose")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  @Test
  void aFootprintThatChangedUnderItsIdIsRefused() throws Exception {
    assertThat(post("", FOOTPRINT).statusCode()).isEqualTo(201);
    long size = plant.log().size();
    HttpResponse<String> changed =
        post("", FOOTPRINT.replace("\"primaryDataShare\": \"80\"", "\"primaryDataShare\": \"90\""));
    assertThat(changed.statusCode()).isEqualTo(409);
    assertThat(changed.body()).contains("precedingPfIds");
    assertThat(plant.log().size()).isEqualTo(size);
    assertThat(post("", FOOTPRINT.replace("Active", "Deprecated")).statusCode()).isEqualTo(201);
    assertThat(Json.parse(get().body()).path("footprints"))
        .hasSize(2)
        .allSatisfy(known -> assertThat(known.path("state").asText()).isEqualTo("deprecated"));
  }

  private HttpResponse<String> post(String query, String body) throws Exception {
    return send(
        request(query)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get() throws Exception {
    return send(request("").GET());
  }

  private HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + port + "/api/v1/footprints" + query));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
