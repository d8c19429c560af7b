package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.runtime.key.KeyFiles;
import io.tracegram.runtime.timestamp.SimulatedAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCheckTest {
  private static final String AGENT =
      """
      agent: refinery-agent
      plant: ../plant.yaml
      reads: [main, sub]
      data: ./data
      broker: tcp://127.0.0.1:8081
      gatewayKey: ../gateway/keys/gateway.pub
      clock: {plant: "tcp://127.0.0.1:8103"}
      poll: 10s
      flush: {readings: 60, after: 1s}
      """;
  private static final String GATEWAY =
      """
      plant: ./plant.yaml
      data: ./gateway
      http: 127.0.0.1:8080
      mqtt: 127.0.0.1:8081
      agents: [{id: refinery-agent, key: agent/data/keys/refinery-agent.pub}]
      mirror: {url: "http://127.0.0.1:8100/mirror", vkey: "file:cloud/keys/mirror.vkey"}
      witnesses: [{url: "http://127.0.0.1:8101", vkey: "VKEY"}]
      suppliers: [{facility: mine, origin: mine.example/mine, log: "VKEY", gatewayKey: mine.pub, passports: "http://127.0.0.1:8100"}]
      cloud: http://127.0.0.1:8100
      timestamps: [{name: tsa-1, url: "http://127.0.0.1:8102/tsr", anchor: tsa.pem, policy: 2.999.1, every: 12h}]
      """;
  private static final String CLOUD =
      """
      data: ./cloud
      http: 127.0.0.1:8100
      publicUrl: http://127.0.0.1:8100
      name: cloud.example
      postgres: embedded
      facilities: [{id: refinery, log: "VKEY", gatewayKey: gateway/keys/gateway.pub}]
      witnesses: [{vkey: "VKEY"}]
      """;
  private static final String WITNESS =
      "{name: witness.example/w1, data: ./witness, http: '127.0.0.1:8101', logs: ['VKEY']}";

  private final Path directory;
  private final ConfigFixture files;
  private final String vkey;

  ConfigCheckTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    files = new ConfigFixture(directory);
    vkey =
        new KeyFiles(directory.resolve("keys"), new SecureRandom())
            .loadOrCreateNoteKey("w", "mine.example/mine", NoteKey.Type.LOG)
            .vkey();
  }

  @BeforeEach
  void write() throws IOException {
    files.write("plant.yaml", ConfigFixture.PLANT);
    files.write("agent/agent.yaml", AGENT);
    files.write("gateway.yaml", GATEWAY.replace("VKEY", vkey));
    files.write(
        "tsa.pem", SimulatedAuthority.create(Clock.systemUTC(), new SecureRandom()).anchorPem());
    files.write("cloud.yaml", CLOUD.replace("VKEY", vkey));
    files.write("witness.yaml", WITNESS.replace("VKEY", vkey));
  }

  @Test
  void acceptsADirectoryOfSoundFilesOfEveryKind() {
    assertThat(ConfigCheck.check(List.of(directory), files.profiles())).isEmpty();
  }

  @Test
  void findsEveryMistakeAboutATimestampAuthority() throws IOException {
    files.write("empty.pem", "no certificate\n");
    files.write(
        "gateway.yaml",
        GATEWAY.replace("VKEY", vkey).replaceFirst("timestamps: .*\n", "")
            + """
            timestamps:
              - {name: a, url: "http://127.0.0.1:8102/tsr", anchor: missing.pem}
              - {name: a, url: "ftp://127.0.0.1", anchor: empty.pem, policy: 1.x, every: 2d}
              - {name: b, url: "http://127.0.0.1:8102/tsr", anchr: tsa.pem}
            """);

    List<Diagnostic> problems = ConfigCheck.check(List.of(directory), files.profiles());

    assertThat(problems.stream().map(problem -> problem.toString().replace(directory + "/", "")))
        .containsExactlyInAnyOrder(
            "gateway.yaml:11: error[bad-anchor] there is no file missing.pem: put the authority's"
                + " certificate there",
            "gateway.yaml:12: error[duplicate-id] 'a' is already the timestamp authority of line"
                + " 11",
            "gateway.yaml:12: error[bad-value] 'url' must be an http or https URL without a"
                + " trailing slash, not 'ftp://127.0.0.1'",
            "gateway.yaml:12: error[bad-value] 'every' must be from 1m to 1d",
            "gateway.yaml:12: error[bad-value] 'policy' must be an OID such as"
                + " 1.3.6.1.4.1.4146.2.3",
            "gateway.yaml:12: error[bad-anchor] empty.pem holds no PEM certificates: No certificate"
                + " data found",
            "gateway.yaml:13: error[missing-key] 'anchor' is missing here",
            "gateway.yaml:13: error[unknown-key] 'anchr' is not known here; did you mean"
                + " 'anchor'?");
  }

  @Test
  void readsThePolicyThatAGatewayAndACloudName() throws IOException {
    files.write("trust.policy", "log " + vkey + "\nquorum none\n");
    files.write("gateway.yaml", GATEWAY.replace("VKEY", vkey) + "policy: trust.policy\n");
    files.write("cloud.yaml", CLOUD.replace("VKEY", vkey) + "policy: trust.policy\n");
    assertThat(ConfigCheck.check(List.of(directory), files.profiles())).isEmpty();

    files.write("trust.policy", "log " + vkey + "\nquorum nobody\n");
    files.write("cloud.yaml", CLOUD.replace("VKEY", vkey) + "policy: missing.policy\n");
    assertThat(
            ConfigCheck.check(List.of(directory), files.profiles()).stream()
                .map(problem -> problem.toString().replace(directory + "/", "")))
        .anyMatch(text -> text.contains("trust.policy, which is no tlog-policy: policy line 2"))
        .anyMatch(text -> text.contains("missing.policy, which cannot be read: correct the path"))
        .hasSize(2);
  }

  @Test
  void tellsTheKindEvenOfAMisspelledFileAndReportsEachFilesProblemsOnce() throws IOException {
    files.write(
        "plant.yaml", ConfigFixture.PLANT.replace("role: grid-import", "roll: grid-import"));
    files.write("agent/agent.yaml", AGENT.replace("broker:", "brokr:"));
    files.write("gateway.yaml", GATEWAY.replace("VKEY", vkey).replace("mqtt:", "mqt:"));
    files.write("cloud.yaml", CLOUD.replace("VKEY", vkey).replace("embedded", "sqlite"));
    files.write("witness.yaml", WITNESS.replace("VKEY", vkey + "x"));
    files.write("profiles/acme/m1.yaml", ConfigFixture.METER_PROFILE.replace("u32", "u33"));
    files.write("compose.yaml", "services: {}\n");

    List<Diagnostic> problems =
        ConfigCheck.check(List.of(directory), ProfileCatalog.of(directory.resolve("profiles")));

    assertThat(problems.stream().map(problem -> problem.toString().replace(directory + "/", "")))
        .contains(
            "plant.yaml:8: error[unknown-key] 'roll' is not known here; did you mean 'role'?",
            "plant.yaml:8: error[missing-key] 'role' is missing here",
            "plant.yaml:8: error[bad-profile] the profile 'acme/m1' has errors: correct it first",
            "agent/agent.yaml:5: error[unknown-key] 'brokr' is not known here; did you mean"
                + " 'broker'?",
            "gateway.yaml:4: error[unknown-key] 'mqt' is not known here; did you mean 'mqtt'?",
            "cloud.yaml:5: error[bad-value] 'postgres' must be embedded or a jdbc:postgresql: URL",
            "profiles/acme/m1.yaml:11: error[bad-value] 'type' must be one of u16, i16, u32, i32,"
                + " u64, i64, f32, f64, string, not 'u33'; did you mean 'u32'?",
            "compose.yaml:1: warning[unknown-kind] is none of plant, agent, gateway, cloud,"
                + " witness, simulation, profile, factor set or instruments: skipped")
        .doesNotHaveDuplicates();
  }

  @Test
  void readsAnAgentWithThePlantItNames() {
    AgentFile agent =
        AgentFile.load(directory.resolve("agent/agent.yaml"), files.profiles()).orThrow();

    assertThat(agent.reads()).containsExactly("main", "sub");
    assertThat(agent.data()).isEqualTo(directory.resolve("agent/data"));
    assertThat(agent.gatewayKey()).isEqualTo(directory.resolve("gateway/keys/gateway.pub"));
    assertThat(agent.plantClock()).contains(new HostPort("127.0.0.1", 8103));
    assertThat(agent.flush()).isEqualTo(new AgentFile.Flush(60, Duration.ofSeconds(1)));
  }

  @Test
  void anAgentFileIsRefusedForItsPlantsErrors() throws IOException {
    files.write("plant.yaml", ConfigFixture.PLANT.replace("name: Refinery, ", ""));

    Loaded<AgentFile> agent =
        AgentFile.load(directory.resolve("agent/agent.yaml"), files.profiles());

    assertThat(agent.value()).isEmpty();
    assertThat(agent.diagnostics())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.file()).isEqualTo(directory.resolve("plant.yaml")));
  }

  @Test
  void refusesAnAgentAndDevicesThatThePlantDoesNotHave() throws IOException {
    assertThat(
            files.check(
                "agent/agent.yaml",
                AGENT.replace("refinery-agent", "refinary-agent").replace("sub]", "sab]")))
        .contains(
            "agent/agent.yaml:3: error[unknown-device] the plant has no device 'sab'; did you mean"
                + " 'sub'?")
        .anyMatch(line -> line.startsWith("agent/agent.yaml:1: error[unknown-agent]"));
  }

  @Test
  void loadsVerifiersFromTextAndFromFiles() throws IOException {
    files.write("cloud/keys/mirror.vkey", vkey + "\n");

    GatewayFile gateway =
        GatewayFile.load(directory.resolve("gateway.yaml"), files.profiles()).orThrow();

    assertThat(gateway.mirror().orElseThrow().verifier().load().vkey()).isEqualTo(vkey);
    assertThat(gateway.witnesses().getFirst().verifier().load().vkey()).isEqualTo(vkey);
    assertThat(gateway.suppliers().getFirst().gatewayKey())
        .isEqualTo(directory.resolve("mine.pub"));
  }

  @Test
  void aMissingFileIsAProblemNotACrash() {
    assertThat(ConfigCheck.check(List.of(directory.resolve("nothing.yaml")), files.profiles()))
        .extracting(Diagnostic::code)
        .containsExactly("unreadable");
  }
}
