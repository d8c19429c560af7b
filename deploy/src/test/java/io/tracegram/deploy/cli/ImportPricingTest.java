package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The two real plants, priced; what the command says is computed again here from the files. */
class ImportPricingTest {
  private static final Path STEEL_YEAR = ImportRun.shared("steel-plant-2018-15min.csv");
  private static final Path FACTORY_DAYS = ImportRun.shared("factory-submeters-2016-04.csv");
  private static final Path GERMANY = ImportRun.shared("grid-intensity-de-2020-15min.csv");
  private static final Instant GERMAN_START = Instant.parse("2020-01-01T00:00:00Z");

  /** 2018-01-01T00:00 in Asia/Seoul, where the steel plant's year begins. */
  private static final Instant STEEL_START = Instant.parse("2017-12-31T15:00:00Z");

  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final long STEEL_ROWS = 35_040;

  private final Path directory;
  private final Path data;

  ImportPricingTest(@TempDir Path directory) {
    this.directory = directory;
    this.data = directory.resolve("data");
  }

  @BeforeEach
  void realData() {
    assumeThat(STEEL_YEAR).as("the steel plant's year beside the project").exists();
    assumeThat(FACTORY_DAYS).as("the factory's two days beside the project").exists();
    assumeThat(GERMANY).as("Germany's intensities beside the project").exists();
  }

  /**
   * Slot i of the German year 2020 is taken for slot i of the plant's local year 2018: each start
   * is moved by what lies between 2020-01-01T00:00Z and 2018-01-01T00:00 in Seoul. The leap year
   * has a day too many at its end; both absent quarter-hours are within the first 365 days.
   */
  @Test
  void theSteelPlantsYearByTheQuarterHourIsWhatTheFilesGive() throws IOException {
    Shifted intensity = new Shifted(Duration.between(GERMAN_START, STEEL_START));
    Priced expected = steelYear(intensity.slots);

    ImportRun ran = run("--intensity", intensity.file(directory).toString());

    assertThat(expected.unknown).isEqualTo(2);
    assertSteel(ran, expected);
    assertThat(ran.json().path("co2eKg").hasNonNull("LB_ANNUAL")).isFalse();
  }

  @Test
  void anIntensityGivenLaterRestatesTheSteelPlantsYearToTheSameFigures() throws IOException {
    Shifted intensity = new Shifted(Duration.between(GERMAN_START, STEEL_START));
    ImportRun unpriced = run();
    assertThat(unpriced.unknownSlots()).isEqualTo(STEEL_ROWS);
    long leaves = ImportRun.leaves(data);

    ImportRun priced = run("--intensity", intensity.file(directory).toString());

    assertSteel(priced, steelYear(intensity.slots));
    // all but the two quarter-hours that stay unknown are said anew
    assertThat(ImportRun.leaves(data) - leaves).isGreaterThanOrEqualTo(STEEL_ROWS - 2);
    assertThat(priced.talk()).doesNotContain("nothing new");
  }

  @Test
  void theSteelPlantsYearAtAConstantFactorIsWhatTheFileGives() throws IOException {
    ImportRun ran = run(STEEL_YEAR, steelAtAConstantFactor());

    assertThat(ran.code()).as(ran.talk()).isZero();
    assertThat(ran.kilograms("LB_ANNUAL")).as(ran.out()).isEqualTo(steelAtAConstant().kilograms());
    assertThat(ran.unknownSlots()).isZero();
    assertThat(ran.conservationError()).isZero();
  }

  /** Each slot of 2020 is taken for the same calendar slot of 2016: both are leap years. */
  @Test
  void theFactorysTwoDaysByTheQuarterHourAreWhatTheFilesGive() throws IOException {
    Shifted intensity =
        new Shifted(Duration.between(GERMAN_START, Instant.parse("2016-01-01T00:00:00Z")));

    ImportRun ran =
        run(
            FACTORY_DAYS,
            ImportRun.FACTORY,
            "--intensity",
            intensity.file(directory).toString(),
            "--intensity-boundary",
            "life-cycle");

    assertThat(ran.code()).as(ran.talk()).isZero();
    Priced expected = factoryDays(intensity.slots);
    assertThat(expected.unknown).isZero();
    assertThat(ran.kilograms("LB_HOURLY")).as(ran.out()).isEqualTo(expected.kilograms());
    assertThat(ran.unknownSlots()).isZero();
    assertThat(ran.conservationError()).isZero();
  }

  @Test
  void aSeriesOfTheSameNameButAnotherZoneIsRefusedWithWhatToDo() throws IOException {
    String file = intensityOfTheFactorysDays();
    ImportRun first =
        run(FACTORY_DAYS, ImportRun.FACTORY, "--intensity", file, "--intensity-zone", "DE");
    assertThat(first.code()).as(first.talk()).isZero();

    Path one =
        Files.writeString(
            directory.resolve("one.csv"),
            "datetime_utc,gco2e_per_kwh\n2016-04-25T01:00:00Z,1\n2016-04-25T01:15:00Z,1\n");
    ImportRun other = run(FACTORY_DAYS, ImportRun.FACTORY, "--intensity", one.toString());

    assertThat(other.code()).isEqualTo(Tracegram.WRONG_USAGE);
    assertThat(other.talk())
        .contains("series grid is of DE, unstated, unstated, not of unstated, unstated, unstated")
        .contains("give this one the same zone, boundary and GWP set");
  }

  @Test
  void theSameValuesForAnotherGridAreRefusedAndNothingIsLogged() throws IOException {
    String file = intensityOfTheFactorysDays();
    ImportRun first =
        run(FACTORY_DAYS, ImportRun.FACTORY, "--intensity", file, "--intensity-zone", "DE");
    assertThat(first.code()).as(first.talk()).isZero();
    long leaves = ImportRun.leaves(data);

    ImportRun other =
        run(FACTORY_DAYS, ImportRun.FACTORY, "--intensity", file, "--intensity-zone", "FR");

    assertThat(other.code()).isEqualTo(Tracegram.WRONG_USAGE);
    assertThat(other.talk()).contains("is of DE, unstated, unstated, not of FR");
    assertThat(ImportRun.leaves(data)).isEqualTo(leaves);
  }

  @Test
  void theSameValuesOfAnotherSourceAreNotLoggedAgainAndTheResultSaysSo() throws IOException {
    String file = intensityOfTheFactorysDays();
    run(FACTORY_DAYS, ImportRun.FACTORY, "--intensity", file, "--intensity-source", "A");

    ImportRun other =
        run(FACTORY_DAYS, ImportRun.FACTORY, "--intensity", file, "--intensity-source", "B");

    assertThat(other.code()).as(other.talk()).isZero();
    assertThat(other.talk()).contains("nothing new");
    assertThat(other.json().path("notes").path(0).asText())
        .contains("source 'A' and licence 'unstated': that stands, 'B'");
  }

  /** The factory's own factor, 0.34206, comes after its days: 3,818.250 kWh from the grid. */
  @Test
  void aConstantFactorGivenLaterPricesTheFactorysTwoDaysAndTheLogVerifies() throws IOException {
    ImportRun unpriced = run(FACTORY_DAYS, factoryWithoutAFactor());
    assertThat(unpriced.code()).as(unpriced.talk()).isZero();
    assertThat(unpriced.json().path("co2eKg").path("LB_ANNUAL").isNull())
        .as(unpriced.out())
        .isTrue();
    assertThat(unpriced.unknownSlots()).isEqualTo(192);

    ImportRun priced = run(FACTORY_DAYS, ImportRun.FACTORY);
    long leaves = ImportRun.leaves(data);
    ImportRun again = run(FACTORY_DAYS, ImportRun.FACTORY);

    assertThat(priced.code()).as(priced.talk()).isZero();
    assertThat(priced.kilograms("LB_ANNUAL")).as(priced.out()).isEqualTo("1306.070595");
    assertThat(priced.unknownSlots()).isZero();
    assertThat(priced.conservationError()).isZero();
    assertThat(again.out()).isEqualTo(priced.out());
    assertThat(ImportRun.leaves(data)).isEqualTo(leaves);
    assertVerified();
  }

  private void assertVerified() {
    StringWriter out = new StringWriter();
    CommandLine command = Tracegram.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()));
    assertThat(command.execute("verify", data.toString())).as(out.toString()).isZero();
    assertThat(out.toString()).endsWith("VERIFIED\n");
  }

  private Path factoryWithoutAFactor() throws IOException {
    String plant = Files.readString(ImportRun.FACTORY);
    int grid = plant.indexOf("grid:\n");
    int next = plant.indexOf("workstations:\n");
    assertThat(grid).isPositive().isLessThan(next);
    return Files.writeString(
        directory.resolve("plant.yaml"),
        plant.substring(0, grid) + "grid: {}\n" + plant.substring(next));
  }

  @Test
  void aBoundaryThatNoElectricityHasIsRefusedBeforeAnythingIsWritten() throws IOException {
    ImportRun ran =
        run(
            FACTORY_DAYS,
            ImportRun.FACTORY,
            "--intensity",
            intensityOfTheFactorysDays(),
            "--intensity-boundary",
            "marginal");

    assertThat(ran.code()).isEqualTo(Tracegram.WRONG_USAGE);
    assertThat(ran.talk()).contains("--intensity-boundary").contains("marginal signal");
    assertThat(data).doesNotExist();
  }

  private String intensityOfTheFactorysDays() throws IOException {
    return new Shifted(Duration.between(GERMAN_START, Instant.parse("2016-01-01T00:00:00Z")))
        .file(directory)
        .toString();
  }

  private ImportRun run(String... more) {
    return run(STEEL_YEAR, ImportRun.STEEL, more);
  }

  private ImportRun run(Path file, Path plant, String... more) {
    return ImportRun.of(file, plant, data, more);
  }

  private static void assertSteel(ImportRun ran, Priced expected) throws IOException {
    assertThat(ran.code()).as(ran.talk()).isZero();
    assertThat(ran.json().path("suppliedKwh").asText()).isEqualTo("959636.71");
    assertThat(ran.kilograms("LB_HOURLY")).as(ran.out()).isEqualTo(expected.kilograms());
    assertThat(ran.unknownSlots()).isEqualTo(expected.unknown);
    assertThat(ran.conservationError()).isZero();
  }

  private Path steelAtAConstantFactor() throws IOException {
    String plant = Files.readString(ImportRun.STEEL);
    String priced =
        plant.replace(
            "grid: {}",
            """
            grid:
              factor:
                id: grid-kr
                kgCo2ePerKwh: "0.4173"
                edition: "test"
                boundary: generation
                gwp: AR5
                source: "a number for this test, of no publisher"
                licence: "none"
            """);
    assertThat(priced).isNotEqualTo(plant);
    return Files.writeString(directory.resolve("plant.yaml"), priced);
  }

  private static Priced steelAtAConstant() throws IOException {
    Priced priced = new Priced();
    for (BigDecimal energy : steelEnergies()) {
      priced.add(energy, new BigDecimal("417.3"));
    }
    return priced;
  }

  private static Priced steelYear(Map<Instant, BigDecimal> intensities) throws IOException {
    Priced priced = new Priced();
    Instant start = STEEL_START;
    for (BigDecimal energy : steelEnergies()) {
      priced.add(energy, intensities.get(start));
      start = start.plus(QUARTER);
    }
    assertThat(start).isEqualTo(Instant.parse("2018-12-31T15:00:00Z"));
    return priced;
  }

  /** Returns kWh by quarter of an hour; the file's rows are in order and none is absent. */
  private static List<BigDecimal> steelEnergies() throws IOException {
    List<BigDecimal> energies = new ArrayList<>();
    for (String row : rows(STEEL_YEAR)) {
      energies.add(new BigDecimal(row.split(",", -1)[1]));
    }
    assertThat(energies).hasSize(Math.toIntExact(STEEL_ROWS));
    return energies;
  }

  /** Each quarter is cut from the line between two registers, floored to mWh; sunlight is free. */
  private static Priced factoryDays(Map<Instant, BigDecimal> intensities) throws IOException {
    Priced priced = new Priced();
    List<String> rows = rows(FACTORY_DAYS);
    int column =
        List.of(Files.readAllLines(FACTORY_DAYS).getFirst().split(",", -1)).indexOf("grid_import");
    for (int row = 1; row < rows.size(); row++) {
      String[] cells = rows.get(row).split(",", -1);
      long rise =
          milliwattHours(cells[column]) - milliwattHours(rows.get(row - 1).split(",", -1)[column]);
      Instant start = Instant.parse(cells[0]);
      for (int quarter = 0; quarter < 4; quarter++) {
        long energy = rise * (quarter + 1) / 4 - rise * quarter / 4;
        priced.add(
            BigDecimal.valueOf(energy, 6),
            intensities.get(start.plus(QUARTER.multipliedBy(quarter))));
      }
    }
    return priced;
  }

  private static long milliwattHours(String kilowattHours) {
    return new BigDecimal(kilowattHours).movePointRight(6).longValueExact();
  }

  private static List<String> rows(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return lines.subList(1, lines.size());
  }

  /** A sum of postings, each rounded once, half-even, to µg. */
  private static final class Priced {
    private BigDecimal micrograms = BigDecimal.ZERO;
    private long unknown;

    void add(BigDecimal kilowattHours, @Nullable BigDecimal gramsPerKilowattHour) {
      if (gramsPerKilowattHour == null) {
        unknown++;
      } else {
        micrograms =
            micrograms.add(
                kilowattHours
                    .multiply(gramsPerKilowattHour)
                    .movePointRight(6)
                    .setScale(0, RoundingMode.HALF_EVEN));
      }
    }

    String kilograms() {
      return micrograms.movePointLeft(9).stripTrailingZeros().toPlainString();
    }
  }

  /** The German intensities at another time. */
  private static final class Shifted {
    private final Map<Instant, BigDecimal> slots = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    Shifted(Duration by) throws IOException {
      for (String row : rows(GERMANY)) {
        String[] cells = row.split(",", -1);
        Instant start = Instant.parse(cells[0]).plus(by);
        slots.put(start, new BigDecimal(cells[1]));
        lines.add(start + "," + cells[1]);
      }
    }

    Path file(Path directory) throws IOException {
      return Files.writeString(
          directory.resolve("intensity.csv"),
          "datetime_utc,gco2e_per_kwh\n" + String.join("\n", lines) + "\n");
    }
  }
}
