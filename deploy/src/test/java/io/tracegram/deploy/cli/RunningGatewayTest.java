package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.deploy.simulator.Ports;
import io.tracegram.gateway.GatewayProgram;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.runtime.config.GatewayFile;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.key.KeyFiles;
import io.tracegram.runtime.web.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands against a gateway that runs. */
class RunningGatewayTest {
  private final Path directory;
  private final int http = Ports.free();
  private final GatewayProgram gateway;

  RunningGatewayTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    new KeyFiles(directory.resolve("keys"), new SecureRandom())
        .loadOrCreate("history", Algorithm.ES256);
    Path file =
        Files.writeString(
            directory.resolve("gateway.yaml"),
            """
            plant: %s
            data: ./data
            http: 127.0.0.1:%d
            mqtt: 127.0.0.1:0
            agents:
              - {id: history, key: ./keys/history.pub}
            """
                .formatted(ImportRun.STEEL.toAbsolutePath().normalize(), http));
    gateway =
        GatewayProgram.open(
            GatewayFile.load(file, ProfileCatalog.bundled()).orThrow(),
            Clock.systemUTC(),
            new SecureRandom(),
            code -> {});
  }

  @BeforeEach
  void start() throws IOException {
    gateway.start();
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    gateway.stop();
  }

  @Test
  void aRunningGatewayTakesAFileOnceAndSaysWhatTheCommandSaysAlone() throws IOException {
    Path file =
        file("date,Usage_kWh\n01/01/2018 00:15,1\n01/01/2018 00:30,1.5\n01/01/2018 00:45,2\n");

    ImportRun once = run(file, ImportRun.STEEL);
    ImportRun again = run(file, ImportRun.STEEL);
    ImportRun alone = ImportRun.of(file, ImportRun.STEEL, directory.resolve("other"));

    assertThat(once.code()).as(once.talk()).isZero();
    assertThat(once.json().path("suppliedKwh").asText()).isEqualTo("4.5");
    assertThat(once.out()).isEqualTo(alone.out());
    assertThat(again.out()).isEqualTo(once.out());
    assertThat(again.talk()).contains("nothing new");
    assertThat(directory.resolve("data/imports")).isEmptyDirectory();
  }

  @Test
  void aBadRowIsNamedAndNothingIsImported() throws IOException {
    Path file = file("date,Usage_kWh\n01/01/2018 00:15,1\n01/01/2018 00:30,\"1,5\"\n");

    ImportRun ran = run(file, ImportRun.STEEL);

    assertThat(ran.code()).isEqualTo(Tracegram.FINDINGS);
    assertThat(ran.talk()).contains("row 3 column 'Usage_kWh': '1,5' has a decimal comma");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void anotherPlantsFileIsRefusedBeforeItIsSent() throws IOException {
    ImportRun ran = run(file("date,Usage_kWh\n01/01/2018 00:15,1\n"), ImportRun.FACTORY);

    assertThat(ran.code()).isEqualTo(Tracegram.WRONG_USAGE);
    assertThat(ran.talk())
        .contains("is the gateway of gwangyang-steel, the plant is konstanz-factory");
  }

  @Test
  void whatIsNoCsvIsRefused() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(url() + "/api/v1/imports"))
                  .header("content-type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofString("x"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(415);
      assertThat(Json.parse(answer.body()).path("detail").asText()).contains("text/csv");
    }
  }

  @Test
  void aReceiptOfNoSuppliersLotIsNoPassport() {
    String receipt = directory.resolve("receipt").toString();

    ImportRun proven = run("prove", url(), "--leaf", "0", "--out", receipt);
    ImportRun given = run("passport", receipt, "--gateway", url());

    assertThat(proven.code()).as(proven.talk()).isZero();
    assertThat(given.code()).isEqualTo(Tracegram.FINDINGS);
    assertThat(given.talk()).contains("does not lead into a registered supplier's log");
    assertThat(run("passport", "missing", "--gateway", url()).talk())
        .contains("missing missing.leaf");
  }

  @Test
  void aFootprintThatIsNoneIsRefusedWithEveryFaultOnce() throws IOException {
    ImportRun given = run("footprint", file("{\"id\": 1}").toString(), "--gateway", url());

    assertThat(given.code()).isEqualTo(Tracegram.FINDINGS);
    assertThat(given.talk()).contains("Nothing is logged.").containsOnlyOnce("/id ");
    assertThat(given.talk().lines().count()).as("its other faults, a line each").isGreaterThan(5);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("history.csv"), text);
  }

  private String url() {
    return "http://127.0.0.1:" + http;
  }

  private ImportRun run(Path file, Path plant) {
    return run(
        "import", file.toString(), "--plant", plant.toString(), "--gateway", url(), "--json");
  }

  private static ImportRun run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter talk = new StringWriter();
    CommandLine command = Tracegram.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(talk));
    int code = command.execute(arguments);
    return new ImportRun(code, out.toString(), talk.toString());
  }
}
