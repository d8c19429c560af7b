package io.tracegram.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.gateway.Gateway;
import io.tracegram.gateway.GatewayConfig;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.key.KeyFiles;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A gateway that runs and takes files of history of at most {@link #MAX_BYTES}. */
final class HistoryGateway implements AutoCloseable {
  static final long MAX_BYTES = 100_000;
  static final String FILES_ALONE =
      """
      facility: {id: mill, name: Mill, operator: mill.example, timeZone: UTC}
      agents: [history]
      grid: {}
      meters:
        - {id: main, name: Main, role: grid-import, profile: imported, accuracyClass: "1", maxPowerKw: 100}
      import: {values: intervals, time: {column: time}, stamp: start, step: 15m}
      """;
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Path data;
  private final Gateway gateway;
  private final ImportDesk desk;
  private final WebShell shell;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  HistoryGateway(Path directory, String plantYaml) throws IOException {
    data = directory.resolve("data");
    PlantFile plant =
        PlantFile.load(
                Files.writeString(directory.resolve("plant.yaml"), plantYaml),
                ProfileCatalog.of(Path.of("../device-configs/profiles")))
            .orThrow();
    SecureRandom random = new SecureRandom();
    KeyFiles keys = new KeyFiles(data.resolve("keys"), random);
    gateway =
        Gateway.open(
            new GatewayConfig(
                plant.model(),
                data,
                new GatewayConfig.Address("127.0.0.1", 0),
                Map.of(),
                List.of(),
                keys.loadOrCreate("gateway", Algorithm.ES256),
                keys.loadOrCreateCheckpointSigner(plant.model().origin()),
                false),
            Clock.systemUTC(),
            random,
            code -> {});
    desk =
        new ImportDesk(
            new ImportDesk.Gateway(plant, gateway.log(), gateway.accounts()),
            files(),
            Clock.systemUTC(),
            random);
    shell =
        new WebShell(
            gateway.vertx(),
            new WebAddress("127.0.0.1", 0, Set.of()),
            new Assets(ImportRoutes.class, List.of()),
            problem -> problem.detail());
    new ImportRoutes(gateway.vertx(), desk, MAX_BYTES).mount(shell.router());
    port = shell.start().toCompletionStage().toCompletableFuture().join();
    gateway.start();
  }

  Gateway gateway() {
    return gateway;
  }

  int port() {
    return port;
  }

  private Path files() {
    return data.resolve("imports");
  }

  /** Returns how many files are being received or imported. */
  long filesHeld() {
    try (Stream<Path> held = Files.list(files())) {
      return held.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> post(HttpRequest.BodyPublisher body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url("")))
            .timeout(SOON)
            .header("content-type", "text/csv")
            .POST(body)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Imports a file; returns what the gateway says of it in the end. */
  JsonNode imported(String csv) throws Exception {
    HttpResponse<String> answer = post(HttpRequest.BodyPublishers.ofString(csv));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String id = Json.parse(answer.body()).path("id").asText();
    return await()
        .atMost(SOON)
        .until(
            () -> state(id), state -> state.path("state").asText().matches("done|refused|failed"));
  }

  private JsonNode state(String id) throws Exception {
    return Json.parse(
        client
            .send(
                HttpRequest.newBuilder(URI.create(url("/" + id))).build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  private String url(String path) {
    return "http://127.0.0.1:" + port + "/api/v1/imports" + path;
  }

  @Override
  public void close() throws IOException {
    desk.close();
    shell.stop().toCompletionStage().toCompletableFuture().join();
    gateway.stop();
    client.close();
  }
}
