package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** How {@code tracegram import} ended in this process. */
record ImportRun(int code, String out, String talk) {
  static final Path STEEL = Path.of("../device-configs/plants/gwangyang-steel/plant.yaml");
  static final Path FACTORY = Path.of("../device-configs/plants/konstanz-factory/plant.yaml");
  private static final Path SHARED =
      Path.of(System.getProperty("tracegram.shared.data", "../../shared/data"));

  /** Returns a file of real data beside the project. */
  static Path shared(String file) {
    return SHARED.resolve(file);
  }

  static ImportRun of(Path file, Path plant, Path data, String... more) {
    StringWriter out = new StringWriter();
    StringWriter talk = new StringWriter();
    CommandLine command = Tracegram.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(talk));
    int code = command.execute(arguments(file, plant, data, more).toArray(String[]::new));
    return new ImportRun(code, out.toString(), talk.toString());
  }

  static List<String> arguments(Path file, Path plant, Path data, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "import",
                file.toString(),
                "--plant",
                plant.toString(),
                "--dir",
                data.toString(),
                "--json"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Returns how many leaves a gateway's log holds. */
  static long leaves(Path data) throws IOException {
    try (EvidenceLog log = EvidenceLog.open(data.resolve("log"))) {
      return log.size();
    }
  }

  JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out);
  }

  String kilograms(String basis) throws IOException {
    return json().path("co2eKg").path(basis).asText();
  }

  long unknownSlots() throws IOException {
    return json().path("unknownSlots").asLong(-1);
  }

  long conservationError() throws IOException {
    return json().path("conservationErrorUg").asLong(-1);
  }
}
