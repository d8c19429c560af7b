package io.tracegram.runtime.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which logs a witness cosigns. Immutable.
 *
 * @param name of its cosigning key, such as {@code witness.example/w1}
 * @param data directory of its key and of the newest checkpoint of each log
 * @param logs verifiers of the logs it watches
 */
public record WitnessFile(
    Path file, String name, Path data, HostPort http, List<VerifierSource> logs) {
  static final Set<String> KEYS = Set.of("name", "data", "http", "logs");

  public WitnessFile {
    logs = List.copyOf(logs);
  }

  /** Reads {@code witness.yaml}. */
  public static Loaded<WitnessFile> load(Path file) {
    return Loaded.of(diagnostics -> YamlReader.read(file, diagnostics).flatMap(WitnessFile::read));
  }

  static Optional<WitnessFile> read(YamlMap yaml) {
    int errorsBefore = yaml.diagnostics().errorCount();
    WitnessFile witness =
        new WitnessFile(
            yaml.file(),
            yaml.value("name", WitnessFile::noteName, ""),
            yaml.path("data"),
            yaml.hostPort("http"),
            logs(yaml));
    yaml.close();
    return yaml.diagnostics().errorCount() > errorsBefore ? Optional.empty() : Optional.of(witness);
  }

  /** Checks the name of a note key (C2SP signed-note). */
  static String noteName(String text) {
    if (text.indexOf('+') >= 0 || text.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
      throw new IllegalArgumentException("must have neither spaces nor plus signs");
    }
    return Scalars.text(text);
  }

  private static List<VerifierSource> logs(YamlMap yaml) {
    List<VerifierSource> logs = new ArrayList<>();
    for (YamlText log : yaml.list("logs").texts()) {
      try {
        logs.add(yaml.verifierSource(log.text()));
      } catch (IllegalArgumentException e) {
        yaml.diagnostics().error(yaml.file(), log.line(), "bad-value", "a log " + e.getMessage());
      }
    }
    return logs;
  }
}
