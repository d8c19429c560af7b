package io.tracegram.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.cloud.declaration.FacilityOverview;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.FacilityLocation;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.web.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exceptions queue of the whole service, with its real database. */
class CloudExceptionsTest {
  private static final long MINUTE = 60_000;
  private static final String LOT = "01" + SampleFacility.SULPHATE + "10P";
  private static final String PATH = "01/" + SampleFacility.SULPHATE + "/10/P";

  private final SampleFacility refinery =
      new SampleFacility("refinery", Optional.of(new FacilityLocation(638_380_000, 231_300_000)));
  private final SampleFacility cellPlant =
      new SampleFacility("cell-plant", Optional.of(new FacilityLocation(521_540_000, 103_330_000)));

  /** 1,400 km in ten minutes, with 10 kg more than were shipped; and a lot that nobody knows. */
  @Test
  void holdsWhatEachLogTellsAndWhatOnlyBothTogetherTell(@TempDir Path directory) throws Exception {
    fraud();
    String first;
    try (SampleService service = service(directory.resolve("a"), refinery, cellPlant)) {
      service.mirror(refinery, 0);
      service.awaitVerdict(0, new FacilityOverview.Verdict.Verified());
      service.mirror(cellPlant, 0);
      service.awaitVerdict(1, new FacilityOverview.Verdict.Verified());
      first = awaitExceptions(service, 4);

      JsonNode page = Json.parse(first);
      assertThat(page.path("exceptions").findValuesAsText("code"))
          .containsExactlyInAnyOrder(
              "custody.unknown-lot",
              "custody.unknown-scanner",
              "custody.impossible-travel",
              "custody.more-received-than-shipped");
      JsonNode unknown = one(page, "custody.unknown-lot");
      assertThat(unknown.path("count").longValue()).isEqualTo(2);
      assertThat(unknown.path("facility").textValue()).isEqualTo("cell-plant");
      assertThat(unknown.path("effect").textValue()).isEqualTo("the scan changes nothing");
      JsonNode travel = one(page, "custody.impossible-travel");
      assertThat(travel.path("subject").textValue()).isEqualTo(PATH);
      assertThat(travel.at("/evidence/origin").textValue()).isEqualTo("example.com/cell-plant");
      assertThat(travel.at("/contradicts/origin").textValue()).isEqualTo("example.com/refinery");
      assertThat(page.at("/asOf/example.com~1refinery").longValue())
          .isEqualTo(refinery.leaves.size());
      assertPages(service);
    }
    try (SampleService service = service(directory.resolve("b"), refinery, cellPlant)) {
      service.mirror(cellPlant, 0);
      service.awaitVerdict(1, new FacilityOverview.Verdict.Verified());
      service.mirror(refinery, 0);
      service.awaitVerdict(0, new FacilityOverview.Verdict.Verified());
      assertThat(awaitExceptions(service, 4)).as("audited the other way round").isEqualTo(first);
    }
    forget(directory.resolve("b/snapshot"));
    try (SampleService service = service(directory.resolve("b"), refinery, cellPlant)) {
      service.awaitVerdict(0, new FacilityOverview.Verdict.Verified());
      service.awaitVerdict(1, new FacilityOverview.Verdict.Verified());
      assertThat(awaitExceptions(service, 4)).as("audited anew").isEqualTo(first);
    }
  }

  @Test
  void whatIsUndoneContradictsNobody(@TempDir Path directory) throws Exception {
    String label = "01" + SampleFacility.HYDROXIDE + "10A";
    long at = SampleFacility.START + MINUTE;
    cellPlant.say(new Body.Calculator(3));
    refinery.handle(at, "in", label, 100);
    cellPlant.handle(at + MINUTE, "in", label, 100);
    try (SampleService service = service(directory, refinery, cellPlant)) {
      service.mirror(refinery, 0);
      service.mirror(cellPlant, 0);
      JsonNode found = Json.parse(awaitExceptions(service, 1)).path("exceptions").path(0);
      assertThat(found.path("code").textValue()).isEqualTo("custody.in-two-facilities");

      long old = cellPlant.leaves.size();
      cellPlant.tell(at + 2 * MINUTE, new Body.Scan("in", at + 2 * MINUTE, "Q1", "TGM:UNDO"));
      service.mirror(cellPlant, old);
      assertThat(Json.parse(awaitExceptions(service, 0)).path("total").longValue()).isZero();
    }
  }

  private static void assertPages(SampleService service) throws Exception {
    JsonNode half = Json.parse(service.get("/api/v1/exceptions?limit=3").body());
    assertThat(half.path("exceptions")).hasSize(3);
    assertThat(half.path("nextOffset").longValue()).isEqualTo(3);
    JsonNode rest = Json.parse(service.get("/api/v1/exceptions?limit=3&offset=3").body());
    assertThat(rest.path("exceptions")).hasSize(1);
    assertThat(rest.has("nextOffset")).isFalse();
    assertThat(
            Json.parse(service.get("/api/v1/exceptions?facility=refinery").body())
                .path("total")
                .longValue())
        .isZero();
    assertThat(
            Json.parse(service.get("/api/v1/exceptions?offset=99").body())
                .path("total")
                .longValue())
        .isEqualTo(4);
    assertThat(service.get("/api/v1/exceptions?limit=0").statusCode()).isEqualTo(400);
    assertThat(service.get("/api/v1/exceptions?page=2").statusCode()).isEqualTo(400);
  }

  private void fraud() {
    long start = SampleFacility.START;
    refinery.read(start, 0);
    refinery.handle(start + MINUTE, "in", "01" + SampleFacility.HYDROXIDE + "10A", 100);
    refinery.handle(start + 2 * MINUTE, "feed", "01" + SampleFacility.HYDROXIDE + "10A", 100);
    refinery.handle(start + 10 * MINUTE, "out", LOT, 100);
    refinery.handle(start + 11 * MINUTE, "dock", LOT, 100);
    cellPlant.read(start, 0);
    cellPlant.handle(start + 21 * MINUTE, "in", LOT, 110);
    cellPlant.handle(start + 22 * MINUTE, "feed", "01" + SampleFacility.HYDROXIDE + "10Z", 1);
    cellPlant.handle(start + 23 * MINUTE, "feed", "01" + SampleFacility.HYDROXIDE + "10Z", 1);
    cellPlant.tell(
        start + 24 * MINUTE, new Body.Scan("<nul\u0000>", start + 24 * MINUTE, "Q3", LOT));
    cellPlant.tell(start + 24 * MINUTE, new Body.Weight("scale", start, new Mass(1)));
  }

  private static void forget(Path snapshots) throws Exception {
    try (Stream<Path> files = Files.walk(snapshots)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  private static JsonNode one(JsonNode page, String code) {
    for (JsonNode row : page.path("exceptions")) {
      if (row.path("code").textValue().equals(code)) {
        return row;
      }
    }
    throw new AssertionError("no " + code + " in " + page);
  }

  private static String awaitExceptions(SampleService service, int count) throws Exception {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Json.parse(service.get("/api/v1/exceptions").body()).path("exceptions").size()
                    == count);
    return service.get("/api/v1/exceptions").body();
  }

  private static SampleService service(Path directory, SampleFacility... facilities)
      throws Exception {
    return new SampleService(directory, facilities);
  }
}
