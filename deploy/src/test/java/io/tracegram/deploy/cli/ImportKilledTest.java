package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own. */
class ImportKilledTest {
  private static final int ROWS = 20_000;

  /** January to June 2018: the rows end in July. */
  private static final int MONTHS = 6;

  private static final long MID_IMPORT_BYTES = 300_000;

  private final Path directory;
  private final Path data;

  ImportKilledTest(@TempDir Path directory) {
    this.directory = directory;
    this.data = directory.resolve("data");
  }

  @Test
  void anImportThatWasKilledIsCompletedByBeginningItAgainAndNothingIsSaidTwice() throws Exception {
    Path file = file();
    Process process = start(file);
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !process.isAlive() || logBytes() > MID_IMPORT_BYTES);
      assertThat(process.isAlive()).as(Files.readString(output())).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).isNotZero();

    ImportRun ran = ImportRun.of(file, ImportRun.STEEL, data);

    assertThat(ran.code()).as(ran.talk()).isZero();
    assertThat(ran.talk()).contains("leaves imported");
    assertThat(ran.json().path("suppliedKwh").asText()).isEqualTo("25000");
    assertThat(ran.unknownSlots()).isEqualTo(ROWS);
    assertThat(ran.conservationError()).isZero();
    List<String> said = said();
    assertThat(said).doesNotHaveDuplicates();
    // one more than rows: the register at which the first row begins
    assertThat(said).filteredOn(one -> one.startsWith("reading")).hasSize(ROWS + 1);
    // each month has its account and that of its overhead
    assertThat(said).filteredOn(one -> one.startsWith("derived")).hasSize(ROWS + 2 * MONTHS);
  }

  @Test
  void refusesADirectoryThatAnotherProcessHoldsAndSaysWhatToDo() throws Exception {
    Path file = file();
    EvidenceLog held = EvidenceLog.open(data.resolve("log"));
    try {
      Process process = start(file);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

      assertThat(process.exitValue()).isEqualTo(Tracegram.WRONG_USAGE);
      assertThat(Files.readString(output()))
          .contains("another process has the log open, a gateway that runs: stop it first");
      assertThat(held.size()).isZero();
    } finally {
      held.close();
    }
  }

  private Process start(Path file) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Tracegram.class.getName()));
    command.addAll(ImportRun.arguments(file, ImportRun.STEEL, data));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output().toFile())
        .start();
  }

  private Path output() {
    return directory.resolve("output");
  }

  private long logBytes() throws IOException {
    Path log = data.resolve("log");
    if (!Files.exists(log)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(log)) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    } catch (UncheckedIOException e) {
      return 0; // a file was renamed meanwhile
    }
  }

  private Path file() throws IOException {
    DateTimeFormatter stamp = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm", Locale.ROOT);
    StringBuilder text = new StringBuilder("date,Usage_kWh\n");
    LocalDateTime end = LocalDateTime.of(2018, 1, 1, 0, 15);
    for (int row = 0; row < ROWS; row++) {
      boolean midnight = end.getHour() == 0 && end.getMinute() == 0;
      text.append(stamp.format(midnight ? end.minusDays(1) : end)).append(",1.25\n");
      end = end.plusMinutes(15);
    }
    return Files.writeString(directory.resolve("history.csv"), text);
  }

  /** Returns every imported reading and every derived result that stands in the log. */
  private List<String> said() throws IOException {
    List<String> said = new ArrayList<>();
    try (EvidenceLog log = EvidenceLog.open(data.resolve("log"))) {
      for (long index = 0; index < log.size(); index++) {
        switch (Leaf.parse(log.leaf(index)).statement().statement().body()) {
          case Body.Imported imported -> {
            for (Series series : imported.series()) {
              for (Reading reading : series.readings()) {
                said.add("reading " + series.meter() + " " + reading.measuredMillis());
              }
            }
          }
          case Body.Derived derived -> said.add("derived " + derived);
          case Body _ -> {
            // neither
          }
        }
      }
    }
    return said;
  }
}
