package io.tracegram.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.gateway.dashboard.Http;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.runtime.config.GatewayFile;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway as its files describe it, from 02:00 of 1 January in Helsinki on: 2,968 quarters of an
 * hour at 0.1 kWh are left of the month, 296.8 kWh at a residual mix of 0.5 kg/kWh.
 */
@Timeout(120)
class InstrumentDeskTest {
  private static final int JANUARY_ENDS = 2_968;
  private static final String CRITERIA =
      """
            emission-rate: {met: true, evidence: stated}
            sole-claim: {met: true, evidence: one registry}
            retired: {met: true, evidence: cancelled for us}
            vintage: {met: true, evidence: of 2026}
            same-market: {met: true, evidence: European grid}
            supplier-delivered: {met: true, evidence: not applicable}
            claims-transferred: {met: true, evidence: not applicable}
            residual-mix: {met: true, evidence: test}
      """;

  private final Path directory;
  private final int http = freePort();
  private final int mqtt = freePort();
  private final StatementChain chain;
  private GatewayProgram gateway;

  InstrumentDeskTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    PlantFixture plant = new PlantFixture(directory.resolve("data"));
    chain = plant.chain();
    Files.writeString(
        directory.resolve("agent.pub"), KeyFiles.format(plant.agentKey.publicKey()) + "\n");
    Files.writeString(directory.resolve("plant.yaml"), PLANT);
    Files.writeString(
        directory.resolve("gateway.yaml"),
        """
        plant: ./plant.yaml
        data: ./data
        http: 127.0.0.1:%d
        mqtt: 127.0.0.1:%d
        agents: [{id: refinery-agent, key: agent.pub}]
        instruments: ./instruments.yaml
        periods: {settleDays: 0, materialityPercent: "25"}
        """
            .formatted(http, mqtt));
    Files.writeString(
        directory.resolve("hours.csv"),
        "hour_utc,kwh\n2026-01-01T00:00:00Z,0.3\n2026-01-01T01:00:00Z,16\n");
    hold("2026-1", 200);
    gateway = start();
  }

  private static final String PLANT =
      """
      facility: {id: refinery, name: Refinery, operator: operator.example, timeZone: Europe/Helsinki, simulated: true}
      agents: [refinery-agent]
      grid:
        factor: {id: grid-fi, kgCo2ePerKwh: "0.03589", edition: "2024", boundary: generation, gwp: AR5, source: test, licence: none}
        residualMix: {id: residual-fi, kgCo2ePerKwh: "0.5", edition: "2024", boundary: residual-mix, gwp: AR5, source: test, licence: none}
      workstations: [{id: calciner, name: Calciner}]
      meters:
        - {id: main, name: Main, role: grid-import, profile: schneider/iem3155, address: "tcp://127.0.0.1:1502", accuracyClass: "0.5", maxPowerKw: 2000}
      """;

  @AfterEach
  void stop() throws Exception {
    gateway.stop();
  }

  @Test
  void aMonthClosesWithWhatItsInstrumentsCoverAndIsRestatedWhenTheyChange() throws Exception {
    JsonNode provisional = instruments();
    assertThat(provisional.at("/instruments/0/counts").booleanValue()).isTrue();
    assertThat(provisional.path("usedThrough").isNull()).isTrue();

    read(0);
    read(JANUARY_ENDS + 4);

    JsonNode january = closed(0);
    assertThat(january.path("from").textValue()).isEqualTo("2025-12-31T22:00:00Z");
    assertThat(january.path("to").textValue()).isEqualTo("2026-01-31T22:00:00Z");
    assertThat(january.at("/co2eKg/LB_ANNUAL").textValue()).isEqualTo("10.652152");
    assertThat(january.at("/co2eKg/MB_ANNUAL").textValue())
        .as("96.8 kWh are left to the residual mix")
        .isEqualTo("48.4");
    assertThat(january.at("/co2eKg/MB_HOURLY").textValue())
        .as("0.3 of 0.4 kWh in the first hour, all of it in the second")
        .isEqualTo("148.05");
    JsonNode used = instruments();
    assertThat(used.at("/usedThrough/to").textValue()).isEqualTo("2026-01-31T22:00:00Z");
    assertThat(used.at("/instruments/0/used/byVolumeKwh").textValue()).isEqualTo("200");
    assertThat(used.at("/instruments/0/used/byHourKwh").textValue()).isEqualTo("0.7");
    assertThat(used.at("/instruments/0/remaining/byVolumeKwh").textValue()).isEqualTo("0");
    assertThat(used.at("/instruments/0/remaining/byHourKwh").textValue()).isEqualTo("199.3");

    restart();
    assertThat(closed(0)).isEqualTo(january);

    hold("2026-2", 100);
    restart();
    JsonNode restated = closed(1);
    assertThat(restated.at("/co2eKg/MB_ANNUAL").textValue()).isEqualTo("98.4");
    assertThat(restated.at("/restatement/previousCo2eKg/MB_ANNUAL").textValue()).isEqualTo("48.4");
    assertThat(restated.at("/restatement/material").booleanValue()).isTrue();
    assertThat(restated.at("/restatement/cause/kind").textValue()).isEqualTo("factor-set");
    assertThat(api("/api/v1/periods").path("materialityPercent").textValue()).isEqualTo("25");

    restart();
    assertThat(closed(1)).isEqualTo(restated);
    gateway.stop();
    assertThat(declarations()).as("one of each edition").isEqualTo(2);
    gateway = start();
  }

  @Test
  void instrumentsThatChangeWithinAnEditionAreInForceAndAProblem() throws Exception {
    assertThat(api("/api/v1/problems").toString()).doesNotContain("emission.instruments");

    hold("2026-1", 100);
    restart();

    assertThat(instruments().at("/instruments/0/volumeKwh").textValue()).isEqualTo("100");
    assertThat(api("/api/v1/problems").toString())
        .contains("emission.instruments", "their edition is still '2026-1'");
  }

  private void hold(String edition, int volumeKwh) throws IOException {
    Files.writeString(
        directory.resolve("instruments.yaml"),
        """
        id: held
        edition: "%s"
        source: registry
        policy: current
        instruments:
          - id: go-solar
            type: certificate
            volumeKwh: "%d"
            from: 2026-01-01
            to: 2027-01-01
            factor: {id: go-solar, kgCo2ePerKwh: "0", edition: "2026", boundary: generation, gwp: AR5, source: registry, licence: none}
            generation: hours.csv
            criteria:
        %s"""
            .formatted(edition, volumeKwh, CRITERIA));
  }

  private GatewayProgram start() throws IOException {
    GatewayProgram program =
        GatewayProgram.open(
            GatewayFile.load(
                    directory.resolve("gateway.yaml"),
                    ProfileCatalog.of(Path.of("../device-configs/profiles")))
                .orThrow(),
            Clock.systemUTC(),
            new SecureRandom(),
            code -> {});
    program.start();
    return program;
  }

  private void restart() throws Exception {
    gateway.stop();
    gateway = start();
  }

  private void read(int quarter) throws Exception {
    try (PahoAgent agent = new PahoAgent(PlantFixture.AGENT, mqtt)) {
      assertThat(agent.publish(PlantFixture.reading(chain, quarter)).code()).isZero();
    }
  }

  /** Returns the newest closed month when it has come to a revision, with its evidence. */
  private JsonNode closed(int revision) {
    return await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> api("/api/v1/periods").at("/periods/0"),
            month ->
                month.at("/revision/number").asInt(-1) == revision
                    && month.at("/evidence/state").asText().equals("logged"));
  }

  private JsonNode instruments() throws Exception {
    return api("/api/v1/instruments");
  }

  private JsonNode api(String path) throws Exception {
    return new Http("http://127.0.0.1:" + http).json(path);
  }

  private long declarations() throws IOException {
    return new PlantFixture(directory.resolve("data"))
        .leaves().stream()
            .map(leaf -> Leaf.parse(leaf).statement().statement().body())
            .filter(Body.FactorSetDeclared.class::isInstance)
            .count();
  }

  /** A free port below those that Linux gives to clients, so that no connection takes it. */
  private static int freePort() {
    for (int attempt = 0; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(21_000, 32_768);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException e) {
        if (attempt == 100) throw new UncheckedIOException("no port is free", e);
      }
    }
  }
}
