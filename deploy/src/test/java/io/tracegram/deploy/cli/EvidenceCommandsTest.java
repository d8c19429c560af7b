package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tracegram.deploy.verify.SampleGateways;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Export, copy, verify, prove: as a person types it. */
class EvidenceCommandsTest {
  private Path directory;
  private String gateway;
  private String policy;

  /** What a command answered. */
  private record Answer(int code, String out, String err) {}

  @BeforeEach
  void gateway(@TempDir Path temporary) throws IOException {
    directory = temporary;
    Path data = SampleGateways.stopped(directory.resolve("gateway"), 300);
    gateway = data.toString();
    policy = Files.copy(data.resolve("policy"), directory.resolve("auditor")).toString();
  }

  @Test
  void exportsVerifiesAndProves() throws IOException {
    String out = directory.resolve("out").toString();

    JsonNode exported = json(run("export", gateway, out, "--json"));
    assertThat(exported.path("origin").asText()).isEqualTo("example.com/plant");
    assertThat(exported.path("accepted").asBoolean()).isTrue();
    assertThat(exported.path("files").asInt()).isEqualTo(11);

    JsonNode verified = json(run("verify", out, "--policy", policy, "--json"));
    assertThat(verified.path("verified").asBoolean()).isTrue();
    assertThat(verified.path("root")).isEqualTo(exported.path("root"));

    String receipt = directory.resolve("receipt").toString();
    JsonNode proven =
        json(
            run(
                "prove",
                out,
                "--lot",
                "https://id.gs1.org/01/09520000000028/10/P",
                "--out",
                receipt,
                "--json"));
    assertThat(proven.path("figures"))
        .anyMatch(figure -> figure.path("value").asText().equals("201.77"));
    assertThat(run("verify", receipt + ".leaf", "--policy", policy).out())
        .contains("it says: total 201.77 kg CO2e")
        .endsWith("VERIFIED\n");
  }

  @Test
  void namesThePlaceOfAForgery() throws IOException {
    String out = directory.resolve("out").toString();
    run("export", gateway, out);
    Path bundle = Path.of(out).resolve("tile/entries/000");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[6] ^= 1;
    Files.write(bundle, bytes);

    Answer answer = run("verify", out, "--json");

    assertThat(answer.code()).isEqualTo(1);
    JsonNode finding = json(answer).path("findings").get(0);
    assertThat(finding.path("leaf").asLong()).isZero();
    assertThat(finding.path("file").asText()).isEqualTo("tile/entries/000");
  }

  @Test
  void saysWhatIsMissingOnTheCommandLine() {
    assertThat(run("prove", gateway).code()).isEqualTo(2);
    assertThat(run("prove", gateway, "--leaf", "1", "--lot", "x").code()).isEqualTo(2);
    assertThat(run("prove", gateway, "--lot", "P").err()).contains("not a lot or item");
    assertThat(run("prove", gateway, "--interval", "yesterday").err()).contains("not an instant");
    assertThat(run("verify", directory.resolve("nowhere").toString()).err()).contains("no log at");
    assertThat(run("export", gateway, gateway).err()).contains("not empty");

    String receipt = directory.resolve("receipt").toString();
    assertThat(run("prove", gateway, "--leaf", "7", "--out", receipt).code()).isZero();
    assertThat(run("verify", receipt).err()).contains("--policy FILE or --log-key VKEY");
    assertThat(run("verify", receipt, "--log-key", "x").err()).contains("no vkey");
  }

  @Test
  void trustsASingleLogKey() throws IOException {
    String vkey = Files.readString(Path.of(gateway).resolve("keys/checkpoint.vkey")).strip();

    Answer answer = run("verify", gateway, "--log-key", vkey);

    assertThat(answer.code()).isZero();
    assertThat(answer.out()).contains("the policy in use asks for no cosignature");
  }

  private static JsonNode json(Answer answer) throws IOException {
    return new ObjectMapper().readTree(answer.out());
  }

  private static Answer run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Tracegram.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Answer(code, out.toString(), err.toString());
  }
}
