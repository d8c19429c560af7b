package io.tracegram.deploy.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tracegram.deploy.demo.Demo;
import io.tracegram.deploy.demo.DemoPlan;
import io.tracegram.deploy.demo.DemoResult;
import io.tracegram.deploy.verify.DirectorySource;
import io.tracegram.deploy.verify.LogVerifier;
import io.tracegram.deploy.verify.VerifyReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole journey on real sockets and in processes of its own, from register to declaration. */
class JourneyTest {
  private static final Duration LENGTH = Duration.ofSeconds(40);

  @TempDir private Path directory;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void survivesTheKillOfAGatewayAndEndsInAProvenDeclaration() throws Exception {
    AtomicReference<Demo> running = new AtomicReference<>();
    Demo demo =
        new Demo(
            plan("120", Optional.empty(), Optional.of(LENGTH), 21_080),
            line -> {
              System.out.println(line);
              if (line.startsWith("Ready")) {
                killInAWhile(running);
              }
            });
    running.set(demo);
    DemoResult result = demo.run();

    JsonNode json = result.json(new ObjectMapper());
    assertThat(result.isVerified()).as(result.text()).isTrue();
    assertThat(Files.readString(directory.resolve("demo/logs/refinery-gateway.log")))
        .as("the gateway was killed and came back")
        .containsSubsequence("event=gateway.ready", "event=gateway.ready");
    assertThat(json.path("frauds").findValuesAsText("code"))
        .as("planted, and all of them found: they are a part of 'verified'")
        .containsExactly(
            "custody.lot-used-up",
            "custody.two-places",
            "custody.lot-twice",
            "custody.unknown-lot",
            "custody.mass-gate",
            "custody.yield");
    assertThat(json.path("declarations")).isNotEmpty();
    for (JsonNode declaration : json.path("declarations")) {
      assertThat(decimal(declaration, "ownKg").add(decimal(declaration, "inheritedKg")))
          .isEqualByComparingTo(decimal(declaration, "co2eKg"));
    }
    assertThat(json.path("facilities").findValuesAsText("massDifferenceKg")).containsOnly("0");
    assertThat(result.balances().values())
        .flatExtracting(balance -> balance.path("materials").valueStream().toList())
        .as("a pack has left by its tag, and nothing else is a pack")
        .anySatisfy(
            material -> {
              assertThat(material.path("material").asText()).isEqualTo("Battery pack");
              assertThat(decimal(material, "shippedKg")).isPositive();
            });
    assertThat(result.declarations())
        .as("some pack's material is followed to what the mine declared, with its claims")
        .anySatisfy(
            declaration -> {
              assertThat(declaration.path("journey").findValuesAsText("basis"))
                  .contains("passport", "declared");
              assertThat(declaration.path("journey").findValues("footprint"))
                  .as("a declared stop leads to the supplier's own footprint")
                  .anySatisfy(
                      footprint -> {
                        String proof = footprint.path("proofUrl").textValue();
                        assertThat(proof).contains("/api/v1/footprints?facility=");
                      });
              assertThat(declaration.path("claims")).isNotEmpty();
              assertThat(declaration.path("claims").findValuesAsText("signedBy"))
                  .as("two companies on, it still says that the mine's own key signed them")
                  .containsOnly("the supplier's key");
            });
    assertThat(result.text()).contains("timestamped by simulated-authority");
    declarationsStandInTheCloudsOwnLog(json.path("declarations").size());
    tamperingIsFound();
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void replaysALoadProfileToTheLastDigit() throws Exception {
    Path profile = directory.resolve("profile.csv");
    Files.write(profile, rows());

    DemoResult result =
        new Demo(plan("max", Optional.of(profile), Optional.empty(), 21_180), System.out::println)
            .run();

    JsonNode refinery = result.json(new ObjectMapper()).path("facilities").get(0);
    assertThat(result.isVerified()).as(result.text()).isTrue();
    assertThat(refinery.path("energyKwh").asText())
        .as("192 slots of 1.01, 1.02, …")
        .isEqualTo("377.28");
  }

  private static void killInAWhile(AtomicReference<Demo> running) {
    CompletableFuture.delayedExecutor(12, TimeUnit.SECONDS)
        .execute(
            () ->
                running
                    .get()
                    .process("refinery-gateway")
                    .ifPresent(ProcessHandle::destroyForcibly));
  }

  /** Two days: 1.01, 1.02, … 2.92 kWh. */
  private static List<String> rows() {
    Stream<String> slots =
        Stream.iterate(1, slot -> slot <= 192, slot -> slot + 1)
            .map(
                slot ->
                    "%02d/01/2018 %02d:%02d,%s"
                        .formatted(
                            1 + (slot - 1) / 96,
                            slot / 4 % 24,
                            slot % 4 * 15,
                            new BigDecimal(100 + slot).movePointLeft(2)));
    return Stream.concat(Stream.of("date,Usage_kWh"), slots).toList();
  }

  private void declarationsStandInTheCloudsOwnLog(int declared) throws IOException {
    VerifyReport report =
        new LogVerifier(
                new DirectorySource(directory.resolve("demo/cloud/data")),
                Optional.empty(),
                (leaves, size) -> {})
            .verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.steps())
        .anyMatch(step -> step.matches("\\d+ declarations of " + declared + " products: .*"));
  }

  private void tamperingIsFound() throws IOException {
    Path gateway = directory.resolve("demo/refinery/gateway");
    Path bundle;
    try (Stream<Path> files = Files.walk(gateway.resolve("log/tile/entries"))) {
      bundle = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    byte[] honest = Files.readAllBytes(bundle);
    byte[] forged = honest.clone();
    forged[honest.length / 2] ^= 1;
    Files.write(bundle, forged);

    VerifyReport report =
        new LogVerifier(new DirectorySource(gateway), Optional.empty(), (leaves, size) -> {})
            .verify();

    assertThat(report.verified()).isFalse();
    assertThat(report.findings().getFirst().reason()).isNotBlank();
  }

  private DemoPlan plan(
      String speed, Optional<Path> replay, Optional<Duration> duration, int portBase) {
    return new DemoPlan(duration, speed, replay, directory.resolve("demo"), portBase);
  }

  private static BigDecimal decimal(JsonNode node, String field) {
    return new BigDecimal(node.path(field).asText());
  }
}
