package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportCommandTest {
  private static final Path SHARED =
      Path.of(System.getProperty("tracegram.shared.data", "../../shared/data"));
  private static final Path PLANTS = Path.of("../device-configs/plants");

  private final Path directory;

  ImportCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private record Ran(int code, String out, String talk) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  private Ran run(Path file, String plant, String... more) {
    StringWriter out = new StringWriter();
    StringWriter talk = new StringWriter();
    CommandLine command = Tracegram.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(talk));
    String[] arguments = new String[7 + more.length];
    String[] first = {
      "import",
      file.toString(),
      "--plant",
      PLANTS.resolve(plant).resolve("plant.yaml").toString(),
      "--dir",
      directory.resolve("data").toString(),
      "--json"
    };
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    int code = command.execute(arguments);
    return new Ran(code, out.toString(), talk.toString());
  }

  private long leaves() throws IOException {
    try (EvidenceLog log = EvidenceLog.open(directory.resolve("data/log"))) {
      return log.size();
    }
  }

  @Test
  void theFactorysTwoDaysGiveAFullAccountAndAgainTheSame() throws IOException {
    Path file = SHARED.resolve("factory-submeters-2016-04.csv");
    assumeThat(file).as("the factory's registers beside the project").exists();

    Ran once = run(file, "konstanz-factory");
    assertThat(once.code()).as(once.talk()).isZero();
    long size = leaves();
    Ran again = run(file, "konstanz-factory");

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
    assertThat(leaves()).isEqualTo(size);
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
    Path file = SHARED.resolve("steel-plant-2018-15min.csv");
    assumeThat(file).as("the steel plant's year beside the project").exists();

    Ran ran = run(file, "gwangyang-steel");

    assertThat(ran.code()).as(ran.talk()).isZero();
    assertThat(ran.json().path("rows").asLong()).isEqualTo(35_040);
    assertThat(ran.json().path("suppliedKwh").asText()).isEqualTo("959636.71");
    assertThat(ran.json().path("unknownSlots").asLong()).isEqualTo(35_040);
    assertThat(ran.json().path("co2eKg").path("LB_ANNUAL").isNull()).isTrue();
  }

  @Test
  void refusesAFileWithABadRowBeforeAnythingIsWrittenOrSkipsTheRow() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("bad.csv"),
            "date,Usage_kWh\n01/01/2018 00:15,1\n01/01/2018 00:30,\"1,5\"\n01/01/2018 00:45,2\n");

    Ran refused = run(file, "gwangyang-steel");

    assertThat(refused.code()).isEqualTo(Tracegram.FINDINGS);
    assertThat(refused.talk()).contains("row 3 column 'Usage_kWh': '1,5' has a decimal comma");
    assertThat(directory.resolve("data")).doesNotExist();

    Ran skipped = run(file, "gwangyang-steel", "--on-bad-row", "skip");

    assertThat(skipped.code()).as(skipped.talk()).isZero();
    assertThat(skipped.json().path("rows").asLong()).isEqualTo(2);
    assertThat(skipped.json().path("suppliedKwh").asText()).isEqualTo("3");
  }
}
