package io.tracegram.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.cloud.declaration.Declaration;
import io.tracegram.cloud.declaration.FacilityOverview;
import io.tracegram.cloud.declaration.Journey;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.verification.LogReplay;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.web.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with its real database, from mirrored leaves to a declaration. */
class CloudIngestTest {
  private static final long MINUTE = 60_000;
  private static final LotId LOT = LotId.ofLot(SampleFacility.SULPHATE, "P");
  private static final LotId ITEM = LotId.ofSerial(SampleFacility.PACK, "S1");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final SampleFacility refinery = new SampleFacility("refinery");
  private final SampleFacility cellPlant = new SampleFacility("cell-plant");

  /**
   * By hand: 100 kg hydroxide at 2 kg/kg bring 200 kg CO2e; the refinery's order holds the line for
   * the whole quarter, 10 kWh at 0.1 kg/kWh are 1 kg. The cell plant adds 5 kWh, 0.5 kg.
   */
  @Test
  void carriesTheRefinerysFootprintIntoThePacksDeclaration(@TempDir Path directory)
      throws Exception {
    try (SampleService service = service(directory)) {
      refine();
      service.mirror(refinery, 0);
      service.awaitVerdict(0, new FacilityOverview.Verdict.Verified());

      JsonNode passport = Json.parse(service.get("/api/v1/passports?lot=" + LOT.path()).body());
      assertThat(passport.get("account").get("co2eKg").asText()).isEqualTo("201");
      byte[] leaf = Base64.getDecoder().decode(passport.get("leaf").asText());
      TlogProof proof = TlogProof.parse(passport.get("proof").asText());
      assertThat(proof.proves(leaf, refinery.logKey)).isTrue();
      assertThat(proof.checkpoint().isSignedBy(service.cloud.mirrorKey())).isTrue();
      leaf[leaf.length - 1]++;
      assertThat(proof.proves(leaf, refinery.logKey)).isFalse();
      leaf[leaf.length - 1]--;

      assemble(leaf, proof);
      service.mirror(cellPlant, 0);
      service.awaitVerdict(1, new FacilityOverview.Verdict.Verified());

      Declaration declaration = service.cloud.readModel().declaration(ITEM).orElseThrow();
      assertThat(declaration.own()).isEqualTo(new Co2e(500_000_000L));
      assertThat(declaration.inherited()).isEqualTo(new Co2e(201_000_000_000L));
      assertThat(declaration.total()).isEqualTo(new Co2e(201_500_000_000L));
      Declaration.Component component = declaration.components().getFirst();
      assertThat(component.basis()).isEqualTo(LotAccount.Basis.PASSPORT);
      assertThat(component.facility()).isEqualTo("refinery");
      assertThat(component.evidence().leafIndex()).isEqualTo(proof.index());
      assertThat(declaration.journey().whole()).isTrue();
      assertThat(declaration.journey().stops())
          .as("the sulphate, and the hydroxide that it was made of")
          .extracting(Journey.Stop::depth, stop -> stop.part().basis(), stop -> stop.part().co2e())
          .containsExactly(
              tuple(1, LotAccount.Basis.PASSPORT, new Co2e(201_000_000_000L)),
              tuple(2, LotAccount.Basis.SECONDARY, new Co2e(200_000_000_000L)));

      service.awaitPublished(ITEM, 1);
      JsonNode declared = Json.parse(service.get("/api/v1/declarations").body()).get(0);
      assertThat(declared.get("url").asText()).isEqualTo("http://cloud.example/" + ITEM.path());
      assertThat(declared.get("co2eKg").asText()).isEqualTo("201.5");
      assertThat(declared.get("ownKg").asText()).isEqualTo("0.5");
      assertThat(declared.get("inheritedKg").asText()).isEqualTo("201");
      JsonNode lot = Json.parse(service.get("/api/v1/lots/" + LOT.path()).body());
      assertThat(lot.get("facility").asText()).isEqualTo("refinery");
      JsonNode facility = Json.parse(service.get("/api/v1/facilities").body()).get(0);
      assertThat(facility.get("verdict").asText()).isEqualTo("VERIFIED");
      assertThat(facility.get("co2eKg").get("locationBased").asText()).isEqualTo("1");
      assertPublished(service, declared.get("published"));
    }
    assertThat(directory.resolve("snapshot")).isDirectoryContaining("glob:**/refinery");
    try (SampleService restarted = service(directory)) {
      restarted.awaitVerdict(1, new FacilityOverview.Verdict.Verified());
      restarted.awaitPublished(ITEM, 1);
      assertThat(restarted.cloud.readModel().declaration(ITEM).orElseThrow().total())
          .isEqualTo(new Co2e(201_500_000_000L));
      assertRefusals(restarted);
    }
  }

  /** The leaf holds the hash of what everybody is given, and the whole log verifies. */
  private static void assertPublished(SampleService service, JsonNode published) throws Exception {
    EvidenceLog log = service.cloud.log().log();
    long index = published.get("leafIndex").asLong();
    Body.ProductDeclared declared =
        (Body.ProductDeclared) Leaf.parse(log.leaf(index)).statement().statement().body();
    assertThat(declared.product()).isEqualTo(ITEM.path());
    assertThat(declared.total()).isEqualTo(new Co2e(201_500_000_000L));
    assertThat(declared.accounts())
        .extracting(Body.ProductDeclared.AccountLeaf::origin)
        .containsExactly("example.com/cell-plant", "example.com/refinery");
    byte[] document =
        service
            .get(URI.create(published.get("documentUrl").asText()).getPath())
            .body()
            .getBytes(StandardCharsets.UTF_8);
    assertThat(Hash.sha256(document)).isEqualTo(declared.document());
    assertThat(service.cloud.readModel().document(ITEM)).contains(document);

    LogReplay replay = new LogReplay(Optional.empty());
    for (long i = 0; i < log.size(); i++) {
      assertThat(replay.next(log.leaf(i))).isEmpty();
    }
    assertThat(replay.cloud().orElseThrow().declarations()).isEqualTo(1);
    SignedNote checkpoint = SignedNote.parse(service.get("/log/checkpoint").body());
    assertThat(checkpoint.isSignedBy(service.cloud.log().key())).isTrue();
    assertThat(checkpoint.text()).startsWith("cloud.example/log\n" + log.size() + "\n");
    assertThat(service.get("/log/tile/entries/000.p/" + log.size()).statusCode()).isEqualTo(200);
  }

  private static void assertRefusals(SampleService service) throws Exception {
    HttpResponse<String> unknown =
        service.get("/api/v1/passports?lot=" + LotId.ofLot(SampleFacility.PACK, "X").path());
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(service.get("/api/v1/passports?lot=hello").statusCode()).isEqualTo(400);
    assertThat(service.get("/api/v1/passports").statusCode()).isEqualTo(400);
    assertThat(service.get("/api/v1/lots/hello").statusCode()).isEqualTo(400);
    assertThat(service.get("/api/v1/passports?facility=cell-plant&lot=" + LOT.path()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void believesNothingFromTheFirstLeafThatDoesNotVerifyOn(@TempDir Path directory)
      throws Exception {
    try (SampleService service = service(directory)) {
      refinery.read(SampleFacility.START, 1_000);
      int before = refinery.leaves.size();
      // attacker: the gateway's operator logs a result that the rules do not give
      refinery.say(new Body.Derived(Kind.ACCOUNT, 3, 0, Content.of(new byte[] {1})));
      refinery.read(SampleFacility.START + SampleFacility.QUARTER, 11_000);
      service.mirror(refinery, 0);

      await()
          .atMost(LONG)
          .until(() -> service.overview(0).verdict() instanceof FacilityOverview.Verdict.Failed);
      FacilityOverview overview = service.overview(0);
      assertThat(((FacilityOverview.Verdict.Failed) overview.verdict()).leaf()).isEqualTo(before);
      assertThat(overview.auditedSize()).isEqualTo(before);
      assertThat(overview.mirroredSize()).isEqualTo(refinery.leaves.size());
      assertThat(service.get("/api/v1/facilities").body()).contains("\"verdict\":\"FAILED\"");
    }
  }

  @Test
  void listsLotsThatTheirMakerRestatedAndGivesTheirNewPassport(@TempDir Path directory)
      throws Exception {
    try (SampleService service = service(directory)) {
      refinery.say(new Body.Calculator(4));
      refine(5 * MINUTE, 100_000);
      service.mirror(refinery, 0);
      service.awaitVerdict(0, new FacilityOverview.Verdict.Verified());
      String path = "/api/v1/restatements?facility=refinery&after=";
      assertThat(Json.parse(service.get(path + "-1").body()).toString())
          .isEqualTo("{\"lots\":[],\"next\":-1}");
      long before = refinery.leaves.size();

      // 60 of 100 kWh were used before the order began
      refinery.read(SampleFacility.START + 4 * MINUTE, 61_000);
      service.mirror(refinery, before);
      service.awaitVerdict(0, new FacilityOverview.Verdict.Verified());

      JsonNode page = Json.parse(service.get(path + "-1").body());
      assertThat(page.at("/lots/0/lot").textValue()).isEqualTo(LOT.path());
      assertThat(page.at("/lots/0/revision").intValue()).isEqualTo(1);
      assertThat(page.at("/next").longValue()).isEqualTo(page.at("/lots/0/leaf").longValue());
      JsonNode passport = Json.parse(service.get("/api/v1/passports?lot=" + LOT.path()).body());
      assertThat(passport.get("leafIndex").longValue()).isEqualTo(page.at("/next").longValue());
      JsonNode rest = Json.parse(service.get(path + page.at("/next").asText()).body());
      assertThat(rest.at("/lots")).isEmpty();
      assertThat(service.get("/api/v1/restatements").statusCode()).isEqualTo(400);

      for (String none : List.of("refinery&index=3", "refinery&index=9999", "x&index=0")) {
        assertThat(service.get("/api/v1/footprints?facility=" + none).statusCode())
            .as("no footprint, no leaf, no log")
            .isEqualTo(404);
      }
    }
  }

  private SampleService service(Path directory) throws IOException {
    return new SampleService(directory, refinery, cellPlant);
  }

  private void refine() {
    refine(0, 10_000);
  }

  private void refine(long delay, long wattHours) {
    long start = SampleFacility.START;
    refinery.read(start, 1_000);
    refinery.handle(start, "in", label(SampleFacility.HYDROXIDE, "A"), 100);
    refinery.handle(start + delay, "feed", label(SampleFacility.HYDROXIDE, "A"), 100);
    refinery.read(start + SampleFacility.QUARTER, 1_000 + wattHours);
    refinery.handle(start + SampleFacility.QUARTER, "out", label(SampleFacility.SULPHATE, "P"), 99);
    refinery.handle(
        start + SampleFacility.QUARTER + MINUTE, "dock", label(SampleFacility.SULPHATE, "P"), 99);
    refinery.read(start + 2 * SampleFacility.QUARTER, 1_000 + wattHours);
  }

  private void assemble(byte[] leaf, TlogProof proof) {
    long start = SampleFacility.START + 4 * SampleFacility.QUARTER;
    cellPlant.trust(refinery);
    cellPlant.read(start, 1_000);
    cellPlant.handle(start, "in", label(SampleFacility.SULPHATE, "P"), 99);
    assertThat(cellPlant.ledger.passportsWanted()).containsExactly(LOT);
    cellPlant.say(
        new Body.LotPassport(
            Content.of(leaf), Content.of(proof.format().getBytes(StandardCharsets.UTF_8))));
    cellPlant.settle();
    cellPlant.handle(start, "feed", label(SampleFacility.SULPHATE, "P"), 99);
    cellPlant.read(start + SampleFacility.QUARTER, 6_000);
    cellPlant.handle(
        start + SampleFacility.QUARTER, "out", "01" + SampleFacility.PACK + "21S1", 98);
    cellPlant.read(start + 2 * SampleFacility.QUARTER, 6_000);
  }

  private static String label(String gtin, String lot) {
    return "01" + gtin + "10" + lot;
  }
}
