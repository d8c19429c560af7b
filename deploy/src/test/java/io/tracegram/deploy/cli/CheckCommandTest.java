package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Factor sets and intensities, checked as a person types it. */
class CheckCommandTest {
  private static final String ROWS =
      "datetime_utc,gco2e_per_kwh\n2020-01-01T00:00:00Z,353.320\n2020-01-01T00:15:00Z,353.548\n";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int check(Object... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = "check";
    for (int i = 0; i < arguments.length; i++) {
      words[i + 1] = arguments[i].toString();
    }
    return Tracegram.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }

  @Test
  void absentSlotsAreToldAndAllowed(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("de.csv"), ROWS + "2020-01-01T01:00:00Z,1\n");

    assertThat(check(directory)).isZero();
    assertThat(out.toString()).contains("de.csv: warning[absent-slots] 2 of 5 slots of 15 min");
  }

  @Test
  void everyProblemOfEveryFileIsAFindingWithItsLine(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("de.csv"), ROWS + "2020-01-01T00:15:00Z,1\n");
    Files.writeString(
        directory.resolve("acme.yaml"),
        """
        id: acme
        publisher: Acme
        url: "https://acme.example/"
        factors:
          - {id: oil, kgCo2ePerKwh: "0,27", boundary: combustion, gwp: AR5, source: s, licence: l, confirmation: confirmed}
        """);

    assertThat(check(directory, "--json")).isEqualTo(1);

    JsonNode problems = new ObjectMapper().readTree(out.toString());
    assertThat(problems.findValuesAsText("code"))
        .containsExactlyInAnyOrder("bad-value", "missing-key", "wrong-unit", "bad-intensity");
    assertThat(problems.get(3).path("line").asInt()).isEqualTo(4);
  }
}
