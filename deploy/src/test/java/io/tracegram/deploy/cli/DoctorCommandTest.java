package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tracegram.deploy.simulator.Ports;
import io.tracegram.gateway.GatewayProgram;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.runtime.config.GatewayFile;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As a person types it, about programs and devices that are there, dead, or not what they seem. */
class DoctorCommandTest {
  private final int http = Ports.free();
  private final int mqtt = Ports.free();
  private final int meter = Ports.free();
  private final Path directory;
  private Optional<GatewayProgram> gateway = Optional.empty();

  DoctorCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void write() throws IOException {
    put("plant.yaml", plant(meter("main", meter)));
    put(
        "agent.yaml",
        """
        agent: agent
        plant: ./plant.yaml
        data: ./agent
        broker: tcp://127.0.0.1:%d
        gatewayKey: ./gateway/keys/gateway.pub
        """
            .formatted(mqtt));
    put(
        "gateway.yaml",
        """
        plant: ./plant.yaml
        data: ./gateway
        http: 127.0.0.1:%d
        mqtt: 127.0.0.1:%d
        agents:
          - {id: agent, key: ./agent/keys/agent.pub}
        """
            .formatted(http, mqtt));
    new KeyFiles(directory.resolve("agent/keys"), new SecureRandom())
        .loadOrCreate("agent", Algorithm.ES256);
  }

  private static String plant(String meters) {
    return """
    facility: {id: a, name: A, operator: a.example, timeZone: UTC}
    agents: [agent]
    grid: {factor: {set: ember-2024, id: grid-de}}
    workstations: [{id: press, name: Press}]
    meters:
    %s"""
        .formatted(meters);
  }

  private static String meter(String id, int port) {
    return """
      - {id: %s, name: M, role: grid-import, profile: eastron/sdm630, address: "tcp://127.0.0.1:%d", accuracyClass: "1", maxPowerKw: 100}
    """
        .formatted(id, port);
  }

  private void put(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  private CommandRun doctor(String file, String... more) {
    return CommandRun.of(
        Stream.concat(Stream.of("doctor", directory.resolve(file).toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private void startGateway() throws IOException {
    GatewayProgram program =
        GatewayProgram.open(
            GatewayFile.load(directory.resolve("gateway.yaml"), ProfileCatalog.bundled()).orThrow(),
            Clock.systemUTC(),
            new SecureRandom(),
            code -> {});
    program.start();
    gateway = Optional.of(program);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    if (gateway.isPresent()) {
      gateway.get().stop();
    }
  }

  @Test
  void findsNothingInTheWayWhereAllIsThereAndChangesNothing() throws Throwable {
    new LibmodbusTcpSlave(meter, 0xFFFF)
        .input(0x0048, "4640E6B6")
        .holding(0xFC00, "015457CB")
        .start();
    startGateway();
    List<Path> before = files();

    CommandRun agent = doctor("agent.yaml");
    CommandRun both = doctor("agent.yaml", directory.resolve("gateway.yaml").toString());

    assertThat(agent.code()).as(agent.out()).isZero();
    assertThat(agent.out())
        .contains(
            "✓ configuration",
            "✓ clock: ",
            "✓ JDK: 25",
            "✓ broker 127.0.0.1:" + mqtt + ": answers MQTT",
            "1, open to their owner only",
            "✓ gateway's key",
            "✓ meter main: read power, energy-import, energy-export of serial number 22304715",
            " 0 in the way");
    assertThat(agent.err()).contains("of 9 checks done");
    assertThat(both.code()).as(both.out()).isZero();
    assertThat(both.out()).contains("a gateway runs there", "✓ port mqtt", "✓ key of agent");
    assertThat(files()).isEqualTo(before);
    assertThat(refusals())
        .as("nobody unknown came")
        .startsWith("{")
        .doesNotContain("unknown", "mqtt");
  }

  private String refusals() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI problems = URI.create("http://127.0.0.1:" + http + "/api/v1/problems");
      return client
          .send(HttpRequest.newBuilder(problems).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("agent"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void saysWhatIsInTheWayAndWhatToDo() throws IOException {
    Files.setPosixFilePermissions(
        directory.resolve("agent/keys/agent.key"), PosixFilePermissions.fromString("rw-r--r--"));

    CommandRun run = doctor("agent.yaml", "--json");

    assertThat(run.code()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("bad").asInt()).isEqualTo(3);
    assertThat(finding(json, "broker 127.0.0.1:" + mqtt).path("fix").asText())
        .contains("start the gateway");
    assertThat(finding(json, "keys in " + directory.resolve("agent")).path("fix").asText())
        .contains("run chmod 600 ");
    assertThat(finding(json, "meter main").path("found").asText())
        .contains("cannot connect to 127.0.0.1:" + meter, "check the address");
    assertThat(finding(json, "gateway's key").path("grade").asText()).isEqualTo("warning");
  }

  private static JsonNode finding(JsonNode json, String name) {
    return json.path("checks")
        .valueStream()
        .filter(each -> each.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + json));
  }

  @Test
  void deadDevicesHoldUpNoOther() throws Throwable {
    new LibmodbusTcpSlave(meter, 0xFFFF).input(0x0048, "4640E6B6").start();
    try (ServerSocket silent =
        new ServerSocket(Ports.free(), 50, InetAddress.getLoopbackAddress())) {
      StringBuilder meters = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        meters.append(
            meter("dead-" + i, silent.getLocalPort())
                .replace("accuracy", "unit: %d, accuracy".formatted(i + 1)));
      }
      put("plant.yaml", plant(meters + meter("main", meter)));

      long begun = System.nanoTime();
      CommandRun run = doctor("plant.yaml", "--deadline", "1");

      assertThat(run.out())
          .contains("✓ meter main", "✗ meter dead-0: no result within 1 s", "20 in the way");
      assertThat(System.nanoTime() - begun).isLessThan(15_000_000_000L);
    }
  }

  @Test
  void tellsAGatewaysOwnPortsFromThoseThatOthersTook() throws IOException {
    assertThat(doctor("gateway.yaml").out())
        .contains(
            "✓ port http 127.0.0.1:" + http + ": free", "✓ port mqtt 127.0.0.1:" + mqtt + ": free");
    try (ServerSocket other = new ServerSocket(http, 8, InetAddress.getLoopbackAddress())) {
      CommandRun run = doctor("gateway.yaml");

      assertThat(other.isBound()).isTrue();
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out())
          .contains("✗ port http", "another program has the port", "ss -ltnp 'sport = :" + http);
    }
  }

  @Test
  void aDirectoryThatAPowerFailureEmptiesIsInTheWay() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeThat(memory).isDirectory();
    put(
        "agent.yaml",
        Files.readString(directory.resolve("agent.yaml")).replace("./agent", "/dev/shm/tracegram"));

    assertThat(doctor("agent.yaml").out())
        .contains("✗ disk of /dev/shm/tracegram", "on tmpfs, which a power failure empties");
    assertThat(memory.resolve("tracegram")).doesNotExist();
  }

  @Test
  void aFileWithErrorsIsNotExaminedFurther() throws IOException {
    put("plant.yaml", plant(meter("main", meter).replace("sdm630", "sdm63")));

    CommandRun run = doctor("agent.yaml");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("did you mean 'eastron/sdm630'?").doesNotContain("broker");
  }
}
