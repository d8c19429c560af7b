package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportMillionTest {
  private static final String PLANT =
      """
      facility: {id: works, name: Works, operator: works.example, timeZone: Europe/London}
      agents: [history]
      grid:
        factor: {id: grid, kgCo2ePerKwh: "0.2", edition: "2025", boundary: generation, gwp: AR5, source: test, licence: none}
      meters:
        - {id: main, name: Grid, role: grid-import, profile: imported, accuracyClass: 1, maxPowerKw: 100}
      """;

  /** Every ten seconds one Wh more, until the end of a quarter of an hour. */
  private static final int ROWS = 1_000_081;

  private static final int BAD = 777_777;

  private final Path directory;

  ImportMillionTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void aMillionRowsWithOneBadOneAreRefusedWholeOrImportedButForThatRow() throws IOException {
    Path plant = Files.writeString(directory.resolve("plant.yaml"), PLANT);
    Path file = directory.resolve("million.csv");
    long start = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      out.write("utc_timestamp,main\n");
      for (int i = 0; i < ROWS; i++) {
        String value = i == BAD ? "1,5" : BigDecimal.valueOf(i, 3).toPlainString();
        out.write(Instant.ofEpochSecond(start + 10L * i) + "," + value + "\n");
      }
    }
    Path data = directory.resolve("data");

    ImportRun refused = ImportRun.of(file, plant, data);
    assertThat(refused.code()).isEqualTo(Tracegram.FINDINGS);
    assertThat(refused.talk()).contains("row 777779 has 3 cells, the header 2: a decimal comma?");
    assertThat(data).doesNotExist();

    ImportRun skipped = ImportRun.of(file, plant, data, "--on-bad-row", "skip");
    assertThat(skipped.code()).as(skipped.talk()).isZero();
    assertThat(skipped.json().path("rows").asInt()).isEqualTo(ROWS - 1);
    assertThat(skipped.json().path("suppliedKwh").asText()).isEqualTo("1000.08");
    assertThat(skipped.kilograms("LB_ANNUAL")).isEqualTo("200.016");
    assertThat(skipped.conservationError()).isZero();
  }
}
