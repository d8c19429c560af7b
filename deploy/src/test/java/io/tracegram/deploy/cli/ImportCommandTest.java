package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private final Path directory;

  ImportCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private ImportRun run(Path file, Path plant, String... more) {
    return ImportRun.of(file, plant, directory.resolve("data"), more);
  }

  @Test
  void theFactorysTwoDaysGiveAFullAccountAndAgainTheSame() throws IOException {
    Path file = ImportRun.shared("factory-submeters-2016-04.csv");
    assumeThat(file).as("the factory's registers beside the project").exists();

    ImportRun once = run(file, ImportRun.FACTORY);
    assertThat(once.code()).as(once.talk()).isZero();
    long size = ImportRun.leaves(directory.resolve("data"));
    ImportRun again = run(file, ImportRun.FACTORY);

    assertThat(once.json().path("rows").asLong()).isEqualTo(49);
    assertThat(once.json().path("suppliedKwh").asText()).isEqualTo("3917.555");
    assertThat(once.json().path("onSubmetersKwh").asText()).isEqualTo("3331.118");
    assertThat(once.json().path("residualKwh").asText()).isEqualTo("586.437");
    assertThat(once.json().path("conservationErrorUg").asLong()).isZero();
    assertThat(once.json().path("co2eKg").path("LB_ANNUAL").asText())
        .as(once.out())
        .isEqualTo(factoryCo2eKg(file));
    assertThat(again.out()).isEqualTo(once.out());
    assertThat(again.talk()).contains("nothing new");
    assertThat(ImportRun.leaves(directory.resolve("data"))).isEqualTo(size);
  }

  /** Each quarter of an hour of the grid import, floored to mWh, × 0.34206, rounded half-even. */
  private static String factoryCo2eKg(Path file) throws IOException {
    List<String> rows = Files.readAllLines(file);
    int column = List.of(rows.getFirst().split(",", -1)).indexOf("grid_import");
    BigDecimal sum = BigDecimal.ZERO;
    for (int row = 2; row < rows.size(); row++) {
      long before = milliwattHours(rows.get(row - 1), column);
      long rise = milliwattHours(rows.get(row), column) - before;
      for (int quarter = 0; quarter < 4; quarter++) {
        long energy = rise * (quarter + 1) / 4 - rise * quarter / 4;
        sum =
            sum.add(
                BigDecimal.valueOf(energy)
                    .multiply(new BigDecimal("0.34206"))
                    .multiply(BigDecimal.valueOf(1_000))
                    .setScale(0, RoundingMode.HALF_EVEN));
      }
    }
    return sum.movePointLeft(9).stripTrailingZeros().toPlainString();
  }

  private static long milliwattHours(String row, int column) {
    return new BigDecimal(row.split(",", -1)[column]).movePointRight(6).longValueExact();
  }

  @Test
  void theSteelPlantsYearIsUnknownUntilItIsPriced() throws IOException {
    Path file = ImportRun.shared("steel-plant-2018-15min.csv");
    assumeThat(file).as("the steel plant's year beside the project").exists();

    ImportRun ran = run(file, ImportRun.STEEL);

    assertThat(ran.code()).as(ran.talk()).isZero();
    assertThat(ran.json().path("rows").asLong()).isEqualTo(35_040);
    assertThat(ran.json().path("suppliedKwh").asText()).isEqualTo("959636.71");
    assertThat(ran.json().path("unknownSlots").asLong()).isEqualTo(35_040);
    assertThat(ran.json().path("co2eKg").path("LB_ANNUAL").isNull()).isTrue();
  }

  @Test
  void theSameRowsUnderAnotherHeaderChangeNothingAndTheResultSaysSo() throws IOException {
    String rows = "01/01/2018 00:15,1\n01/01/2018 00:30,2\n";
    Path file = directory.resolve("rows.csv");
    ImportRun once = run(Files.writeString(file, "date,Usage_kWh\n" + rows), ImportRun.STEEL);
    assertThat(once.code()).as(once.talk()).isZero();
    assertThat(once.json().path("notes")).isEmpty();

    ImportRun other =
        run(Files.writeString(file, "\"date\",\"Usage_kWh\"\n" + rows), ImportRun.STEEL);

    assertThat(other.code()).as(other.talk()).isZero();
    assertThat(other.json().path("suppliedKwh").asText()).isEqualTo("3");
    assertThat(other.json().path("notes")).hasSize(1);
    assertThat(other.json().path("notes").path(0).asText())
        .contains("another file's readings of main too, 2017-12-31T15:00:00Z to")
        .contains("the one that was imported first counts");
  }

  @Test
  void theNextFileGoesOnWithoutARemark() throws IOException {
    Path first = directory.resolve("first.csv");
    Path next = directory.resolve("next.csv");
    run(Files.writeString(first, "date,Usage_kWh\n01/01/2018 00:15,1\n"), ImportRun.STEEL);

    ImportRun ran =
        run(Files.writeString(next, "date,Usage_kWh\n01/01/2018 00:30,2\n"), ImportRun.STEEL);

    assertThat(ran.json().path("suppliedKwh").asText()).isEqualTo("3");
    assertThat(ran.json().path("notes")).isEmpty();
  }

  @Test
  void refusesAFileWithABadRowBeforeAnythingIsWrittenOrSkipsTheRow() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("bad.csv"),
            "date,Usage_kWh\n01/01/2018 00:15,1\n01/01/2018 00:30,\"1,5\"\n01/01/2018 00:45,2\n");

    ImportRun refused = run(file, ImportRun.STEEL);

    assertThat(refused.code()).isEqualTo(Tracegram.FINDINGS);
    assertThat(refused.talk()).contains("row 3 column 'Usage_kWh': '1,5' has a decimal comma");
    assertThat(directory.resolve("data")).doesNotExist();

    ImportRun skipped = run(file, ImportRun.STEEL, "--on-bad-row", "skip");

    assertThat(skipped.code()).as(skipped.talk()).isZero();
    assertThat(skipped.json().path("rows").asLong()).isEqualTo(2);
    assertThat(skipped.json().path("suppliedKwh").asText()).isEqualTo("3");
  }
}
