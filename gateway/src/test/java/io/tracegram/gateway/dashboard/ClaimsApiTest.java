package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.ledger.claim.HeldClaim;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.evidence.statement.SupplierDocument;
import io.tracegram.ledger.evidence.statement.SupplierSignature.Meant;
import io.tracegram.ledger.evidence.statement.SupplierSignature.Purpose;
import io.tracegram.ledger.plant.Supplier;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.ledger.verification.Finding;
import io.tracegram.ledger.verification.LogReplay;
import io.tracegram.runtime.claim.ClaimReader;
import io.tracegram.runtime.claim.SupplierDocumentCheck;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.ClaimText;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimsApiTest {
  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final PrivateKey KEY = PrivateKey.of(Algorithm.ES256, filled(7));
  private static final PrivateKey OTHER = PrivateKey.of(Algorithm.ES256, filled(8));
  private static final String CLAIM =
      """
      {"company": "Mine Oy", "role": "quality manager", "person": "p-7",
       "lot": "01/09520000000011/10/A", "custodyModel": "segregated", "claims": [
        {"origin": {"country": "FI", "site": "Sotkamo"}},
        {"riskMaterial": {"material": "cobalt", "ppm": 210000}},
        {"recycled": {"ppm": 300000, "source": "post-consumer"}},
        {"certificate": {"scheme": "IRMA", "number": "C-7", "validFrom": "2026-01-01T00:00:00Z",
         "validTo": "2027-01-01T00:00:00Z", "sha256": "%s"}},
        {"dueDiligence": {"title": "Report", "sha256": "%s"}}]}"""
          .formatted(HASH, HASH);

  private static final String WITHDRAWAL =
      """
      {"withdraws": %d, "company": "Mine Oy", "role": "quality manager", "person": "p-7",
       "reason": "audit failed"}""";

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
    new ClaimsApi(
            new SupplierDesk(
                plant,
                plant.model(),
                plant::append,
                (subject, reason) -> refusals.add(subject + ": " + reason)))
        .mount(shell.router());
    port = shell.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void whatASuppliersRoleClaimsIsLoggedOnce() throws Exception {
    HttpResponse<String> answer = post(CLAIM);
    assertThat(answer.statusCode()).isEqualTo(201);
    long leaf = Json.parse(answer.body()).path("leaf").asLong();
    Body.MaterialClaimed said =
        (Body.MaterialClaimed) plant.leaf(leaf).statement().statement().body();
    assertThat(said.model()).isEqualTo(CustodyModel.SEGREGATED);
    assertThat(said.claims())
        .contains(
            new MaterialClaim.Origin("FI", "Sotkamo"),
            new MaterialClaim.Recycled(300_000, MaterialClaim.Recycled.Source.POST_CONSUMER),
            new MaterialClaim.Certificate(
                "IRMA",
                "C-7",
                new Period(
                    Instant.parse("2026-01-01T00:00:00Z").toEpochMilli(),
                    Instant.parse("2027-01-01T00:00:00Z").toEpochMilli()),
                Hash.of(HexFormat.of().parseHex(HASH))));

    long size = plant.log().size();
    assertThat(post(CLAIM).statusCode()).isEqualTo(200);
    assertThat(plant.log().size()).isEqualTo(size);
    JsonNode told = Json.parse(send(request().GET()).body());
    assertThat(told.path("claims")).hasSize(1);
    assertThat(told.path("claims").get(0).path("signedBy").asText()).contains("on the supplier's");
    assertThat(told.path("claims").get(0).path("claims")).hasSize(5);
  }

  @Test
  void whatTheSuppliersKeySignedIsLoggedWithItsBytesAndShownSo() throws Exception {
    declareSupplier();
    SupplierDocument signed = signed(CLAIM, "plant", KEY);
    HttpResponse<String> answer = postSigned(signed.encoded());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    long leaf = Json.parse(answer.body()).path("leaf").asLong();
    Body.MaterialClaimed said =
        (Body.MaterialClaimed) plant.leaf(leaf).statement().statement().body();
    assertThat(said.document()).contains(signed);
    assertThat(new SupplierDocumentCheck().refusal(said, signed.bytes().bytes())).isEmpty();

    long size = plant.log().size();
    assertThat(postSigned(signed(CLAIM, "plant", KEY).encoded()).statusCode()).isEqualTo(200);
    assertThat(plant.log().size()).isEqualTo(size);
    assertThat(post(CLAIM).statusCode()).as("entered by a person, it is another").isEqualTo(201);
    JsonNode told = Json.parse(send(request().GET()).body()).path("claims");
    assertThat(told.get(0).path("signedBy").asText()).contains("on the supplier's behalf");
    assertThat(told.get(1).path("signedBy").asText()).isEqualTo("the supplier's key");
    assertThat(told.get(1).path("supplierKey").asText()).isEqualTo(KEY.publicKey().keyId().hex());
    assertThat(refusals).isEmpty();
  }

  @Test
  void aSignatureThatIsNotTheSuppliersForThisPurposeIsRefusedCountedAndNotLogged()
      throws Exception {
    byte[] early = signed(CLAIM, "plant", KEY).encoded();
    forged(early, "declares no supplier 'Mine Oy'");
    declareSupplier();
    long size = plant.log().size();
    forged(signed(CLAIM, "elsewhere", KEY).encoded(), "signed for facility 'elsewhere'");
    forged(signed(CLAIM, "plant", OTHER).encoded(), "is signed by key");
    byte[] changed = signed(CLAIM, "plant", KEY).encoded();
    changed[new String(changed, StandardCharsets.ISO_8859_1).indexOf("Sotkamo")] = 'R';
    forged(changed, "over these bytes");
    forged(
        SupplierDocument.sign(
                KEY,
                new Meant(Purpose.FOOTPRINT, "plant", "", 1),
                CLAIM.getBytes(StandardCharsets.UTF_8))
            .encoded(),
        "signed as footprint");
    forged(signed(CLAIM.replace("p-7", "p-8"), "plant", KEY).encoded(), "declares no person");
    assertThat(refusals).hasSize(6);

    assertThat(postSigned("nonsense".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(400);
    assertThat(postSigned(new byte[20_000]).statusCode()).isEqualTo(413);
    assertThat(postSigned(signed("{}", "plant", KEY).encoded()).statusCode()).isEqualTo(400);
    assertThat(plant.log().size()).isEqualTo(size);
  }

  @Test
  void aClaimIsWithdrawnByWhoMadeItAndNobodyElse() throws Exception {
    declareSupplier();
    long entered = Json.parse(post(CLAIM).body()).path("leaf").asLong();
    long signed =
        Json.parse(postSigned(signed(CLAIM, "plant", KEY).encoded()).body()).path("leaf").asLong();
    long size = plant.log().size();
    conflict(entered, WITHDRAWAL.formatted(entered).replace("Mine Oy", "Other AB"), "not of Other");
    conflict(9_999, WITHDRAWAL.formatted(9_999), "holds no claim that counts");
    conflict(signed, WITHDRAWAL.formatted(signed), "signed by the same key");
    assertThat(refusals).hasSize(3).last().asString().startsWith("withdrawals: ");
    assertThat(withdraw(entered, WITHDRAWAL.formatted(signed)).statusCode())
        .as("it names another leaf")
        .isEqualTo(400);
    assertThat(withdraw(entered, WITHDRAWAL.formatted(entered).replace("reason", "why")).body())
        .contains("a key that is not known");
    assertThat(plant.log().size()).isEqualTo(size);

    assertThat(withdraw(entered, WITHDRAWAL.formatted(entered)).statusCode()).isEqualTo(201);
    conflict(entered, WITHDRAWAL.formatted(entered), "is withdrawn already");
    byte[] document = WITHDRAWAL.formatted(signed).getBytes(StandardCharsets.UTF_8);
    byte[] envelope =
        SupplierDocument.sign(
                KEY, new Meant(Purpose.CLAIM_WITHDRAWAL, "plant", "", 1_700_000_001), document)
            .encoded();
    HttpResponse<String> answer =
        send(
            to("/" + signed + "/withdrawal")
                .header("Content-Type", "application/cose")
                .POST(HttpRequest.BodyPublishers.ofByteArray(envelope)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode told = Json.parse(send(request().GET()).body()).path("claims").get(0);
    assertThat(told.path("inForce").asBoolean()).isFalse();
    assertThat(told.path("withdrawn").path("signedBy").asText()).isEqualTo("the supplier's key");
    assertThat(told.path("withdrawn").path("reason").asText()).isEqualTo("audit failed");
    assertThat(postSigned(signed(CLAIM, "plant", KEY).encoded()).statusCode())
        .as("what was signed before its withdrawal does not come back")
        .isEqualTo(422);
    assertThat(audit()).isEmpty();
  }

  @Test
  void anAuditFindsAGatewayThatTakesAnotherClaimThanTheSupplierSigned() {
    declareSupplier();
    assertThat(
            plant.append(
                ClaimReader.read(
                        CLAIM.replace("Sotkamo", "Elsewhere").getBytes(StandardCharsets.UTF_8))
                    .signed(signed(CLAIM, "plant", KEY))))
        .isCompleted();
    assertThat(audit())
        .hasValueSatisfying(
            finding -> assertThat(finding.reason()).contains("claims something else"));
  }

  private Optional<Finding> audit() {
    LogReplay replay = new LogReplay(Optional.empty(), new SupplierDocumentCheck());
    for (long leaf = 0; leaf < plant.log().size(); leaf++) {
      Optional<Finding> finding = replay.next(plant.leaf(leaf).encoded());
      if (finding.isPresent()) {
        return finding;
      }
    }
    return Optional.empty();
  }

  private void conflict(long leaf, String body, String why) throws Exception {
    HttpResponse<String> answer = withdraw(leaf, body);
    assertThat(answer.statusCode()).as(why).isEqualTo(409);
    assertThat(Json.parse(answer.body()).path("detail").asText()).contains(why);
  }

  private HttpResponse<String> withdraw(long leaf, String body) throws Exception {
    return send(
        to("/" + leaf + "/withdrawal")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private void forged(byte[] document, String why) throws Exception {
    HttpResponse<String> answer = postSigned(document);
    assertThat(answer.statusCode()).as(why).isEqualTo(422);
    assertThat(Json.parse(answer.body()).path("detail").asText()).contains(why);
    assertThat(refusals.getLast()).startsWith("claims: ").contains(why);
  }

  private static SupplierDocument signed(String document, String facility, PrivateKey key) {
    return SupplierDocument.sign(
        key,
        new Meant(Purpose.MATERIAL_CLAIM, facility, "", 1_700_000_000),
        document.getBytes(StandardCharsets.UTF_8));
  }

  private void declareSupplier() {
    plant.declare(
        additions ->
            additions.withSuppliers(
                List.of(
                    new Supplier(
                        "mine",
                        "Mine Oy",
                        KEY.publicKey(),
                        List.of(new Supplier.Person("p-7", "quality manager"))))));
  }

  private HttpResponse<String> postSigned(byte[] body) throws Exception {
    return send(
        request()
            .header("Content-Type", "application/cose; cose-type=\"cose-sign1\"")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  @Test
  void whatIsNotUnderstoodExactlyIsRefusedAndNotLogged() throws Exception {
    long size = plant.log().size();
    refused(CLAIM.replace("\"FI\"", "\"XX\""), "ISO 3166-1");
    refused(CLAIM.replace("cobalt", "cobolt"), "material is one of cobalt, lithium");
    refused(CLAIM.replace("210000", "1000001"), "1 to 1,000,000 ppm");
    refused(CLAIM.replace("210000", "21.5"), "no whole number");
    refused(CLAIM.replace("post-consumer", "consumer"), "source is one of");
    refused(CLAIM.replace("2027-01-01", "2025-01-01"), "ends after it began");
    refused(CLAIM.replace(HASH, "abc"), "sha256 is missing");
    refused(CLAIM.replace("\"segregated\"", "\"pure\""), "custodyModel is one of");
    refused(CLAIM.replace("01/09520000000011/10/A", "A"), "not a lot or item");
    refused(CLAIM.replace("\"person\": \"p-7\"", "\"person\": \"Jane Doe\""), "person is missing");
    refused(CLAIM.replace("\"role\"", "\"rule\""), "a key that is not known");
    refused(CLAIM.replace("\"lot\"", "\"gtin\": \"09520000000011\", \"lot\""), "either a lot");
    refused(CLAIM.replace("Report", "x".repeat(101)), "longer than 100 bytes");
    refused(CLAIM.replace("\"origin\"", "\"orgin\""), "each claim has one of");
    refused("{\"lot\": \"x\", \"claims\": []}", "1 to 16 claims");
    refused("[]", "must be a JSON object");
    assertThat(post("{" + " ".repeat(20_000)).statusCode()).isEqualTo(413);
    assertThat(plant.log().size()).isEqualTo(size);
  }

  @Test
  void noClaimIsSaidStrongerThanItsCustodyModel() {
    Mass whole = new Mass(950_000_000);
    assertThat(wording(CustodyModel.SEGREGATED, 950, whole)).isEqualTo("contains");
    assertThat(wording(CustodyModel.CONTROLLED_BLENDING, 570, whole)).isEqualTo("contains 60 %");
    assertThat(wording(CustodyModel.CONTROLLED_BLENDING, 569, whole))
        .as("rounded down")
        .isEqualTo("contains 59.8947 %");
    assertThat(wording(CustodyModel.MASS_BALANCE, 570, whole)).contains("may not physically");
    assertThat(wording(CustodyModel.BOOK_AND_CLAIM, 570, whole)).contains("may not physically");
  }

  private static String wording(CustodyModel model, long kilograms, Mass whole) {
    return ClaimText.wording(
        new HeldClaim(
            "Mine Oy",
            new MaterialClaim.Origin("FI", "Sotkamo"),
            model,
            new Mass(kilograms * 1_000_000),
            7),
        whole);
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private void refused(String body, String why) throws Exception {
    HttpResponse<String> answer = post(body);
    assertThat(answer.statusCode()).as(why).isEqualTo(400);
    assertThat(Json.parse(answer.body()).path("detail").asText()).contains(why);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return send(
        request()
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request() {
    return to("");
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/claims" + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
