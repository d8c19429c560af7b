package io.tracegram.runtime.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.runtime.history.HistoryForm.LocalStamps;
import io.tracegram.runtime.history.HistoryForm.Stamp;
import io.tracegram.runtime.history.HistoryForm.Values;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryTest {
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final Path SHARED =
      Path.of(System.getProperty("tracegram.shared.data", "../../shared/data"));
  private static final String HOURS = "utc_timestamp,main\n";

  private final Path directory;
  private int files;

  HistoryTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static HistoryForm registers(Stamp stamp) {
    return new HistoryForm(
        Values.REGISTERS,
        "utc_timestamp",
        Optional.empty(),
        stamp,
        Duration.ofHours(1),
        Map.of(),
        Set.of("note"));
  }

  private static HistoryForm quarters(String zone, boolean midnightOfPreviousDay) {
    return new HistoryForm(
        Values.INTERVALS,
        "date",
        Optional.of(new LocalStamps("dd/MM/yyyy HH:mm", zone, midnightOfPreviousDay)),
        Stamp.END,
        Duration.ofMinutes(15),
        Map.of("kWh", "main"),
        Set.of());
  }

  private History.Judged judge(HistoryForm form, String text) throws IOException {
    Path file = Files.writeString(directory.resolve("history" + files++ + ".csv"), text);
    return History.judge(
        new History.Source(file, form, List.of("main", "room-1", "ev"), NOW), bytes -> {});
  }

  private History usable(HistoryForm form, String text) throws IOException {
    return usable(judge(form, text));
  }

  private static History usable(History.Judged judged) {
    assertThat(judged).isInstanceOf(History.Judged.Usable.class);
    return ((History.Judged.Usable) judged).history();
  }

  private static Map<String, List<Reading>> readings(History history, Map<String, Long> bases)
      throws IOException {
    Map<String, List<Reading>> all = new LinkedHashMap<>();
    history.read(
        bases,
        History.Wanted.ALL,
        batch -> {
          assertThat(batch.stream().mapToInt(series -> series.readings().size()).sum())
              .isLessThanOrEqualTo(Batches.MAX_READINGS);
          for (Series series : batch) {
            all.computeIfAbsent(series.meter(), meter -> new ArrayList<>())
                .addAll(series.readings());
          }
        },
        bytes -> {});
    return all;
  }

  private static Reading reading(String time, long value) {
    return new Reading(Instant.parse(time).toEpochMilli(), value);
  }

  @Test
  void takesARegisterAtTheEndOfThePeriodThatItsRowNamesByTheStart() throws IOException {
    History history =
        usable(
            registers(Stamp.START),
            """
            utc_timestamp,main,room_1,note
            2016-04-25T00:00:00Z,134299.875,2048.468,a
            2016-04-25T01:00:00Z,134354.875001,,"b, c"
            """);

    assertThat(readings(history, Map.of()))
        .containsExactly(
            Map.entry(
                "main",
                List.of(
                    reading("2016-04-25T01:00:00Z", 134_299_875_000L),
                    reading("2016-04-25T02:00:00Z", 134_354_875_001L))),
            Map.entry("room-1", List.of(reading("2016-04-25T01:00:00Z", 2_048_468_000L))));
    assertThat(history.survey().emptyCells()).isOne();
  }

  @Test
  void turnsTheEnergyOfPeriodsIntoARegisterThatBeginsAtZeroOrWhereItWasLeft() throws IOException {
    History history =
        usable(
            quarters("Asia/Seoul", true),
            "date,kWh\r\n01/01/2018 23:45,3.17\r\n01/01/2018 00:00,4\r\n02/01/2018 00:15,0.001\r\n");

    assertThat(main(history, Map.of()))
        .containsExactly(
            reading("2018-01-01T14:30:00Z", 0),
            reading("2018-01-01T14:45:00Z", 3_170_000),
            reading("2018-01-01T15:00:00Z", 7_170_000),
            reading("2018-01-01T15:15:00Z", 7_171_000));
    assertThat(main(history, Map.of("main", 5L)).getLast().value()).isEqualTo(7_171_005);
  }

  @Test
  void aPeriodWithoutARowLetsTheRegisterFallSoThatItsEnergyIsUnknown() throws IOException {
    History history =
        usable(
            quarters("Asia/Seoul", false),
            "date,kWh\n02/01/2018 00:15,2\n02/01/2018 00:45,3\n02/01/2018 01:00,1\n");

    assertThat(history.survey().missingSlots()).isOne();
    assertThat(main(history, Map.of()).stream().map(Reading::value))
        .containsExactly(4_000_000L, 6_000_000L, 2_000_000L, 5_000_000L, 6_000_000L);
  }

  @Test
  void goesOnAfterTheRowsThatWereImportedBefore() throws IOException {
    History history =
        usable(
            quarters("Asia/Seoul", false),
            "date,kWh\n02/01/2018 00:15,2\n02/01/2018 00:45,3\n02/01/2018 01:00,1\n");
    List<Reading> rest = new ArrayList<>();

    history.read(
        Map.of(),
        History.Wanted.after(Instant.parse("2018-01-01T15:15:00Z").toEpochMilli()),
        batch -> rest.addAll(batch.getFirst().readings()),
        bytes -> {});

    assertThat(rest)
        .containsExactly(
            reading("2018-01-01T15:30:00Z", 2_000_000),
            reading("2018-01-01T15:45:00Z", 5_000_000),
            reading("2018-01-01T16:00:00Z", 6_000_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2016-04-25T01:00:00Z,1,2|row 3 has 3 cells, the header 2: a decimal comma?",
        "2016-04-25T01:00:00Z|row 3 has 1 cells, the header 2",
        "2016-04-25T01:00:00Z,\"1,5\"|row 3 column 'main': '1,5' has a decimal comma: write a point",
        "2016-04-25T01:00:00Z,NaN|row 3 column 'main': 'NaN' is not a number",
        "2016-04-25T01:00:00Z,1e3|row 3 column 'main': '1e3' is not a number",
        "2016-04-25T01:00:00Z,-1|row 3 column 'main': '-1' is negative",
        "2016-04-25T01:00:00Z,1.0000001|row 3 column 'main': '1.0000001' has more than 6 decimals",
        "2016-04-25T01:00:00Z,9007199254.740993|row 3 column 'main': '9007199254.740993' is more",
        "2016-04-25T01:00:00Z,99999999999999999999|'99999999999999999999' is more than a register",
        "2016-04-25T01:00:00Z,\"1|row 3 has a quote that is not closed",
        "2016-04-25T01:00:00,1|row 3 has the time '2016-04-25T01:00:00', expected UTC",
        "2016-04-25T00:00:00Z,1|row 3 repeats the time of the row before, 2016-04-25T00:00:00Z",
        "2016-04-24T23:00:00Z,1|row 3 goes back in time, from 2016-04-25T00:00:00Z",
        "2027-01-01T00:00:00Z,1|row 3 is of 2027-01-01T00:00:00Z, which cannot be the past",
        "1969-01-01T00:00:00Z,1|row 3 is of 1969-01-01T00:00:00Z, which cannot be the past",
        "+999999999-01-01T00:00:00Z,1|which cannot be the past of this plant",
        "' '|row 3 is empty",
      })
  void namesTheRowThatIsWrongAndTakesTheOthers(String row, String reason) throws IOException {
    History history =
        usable(
            registers(Stamp.INSTANT),
            HOURS + "2016-04-25T00:00:00Z,1\n" + row + "\n2016-04-25T02:00:00Z,3\n\n");

    assertThat(history.survey().bad()).singleElement().asString().contains(reason);
    assertThat(history.survey().rows()).isEqualTo(2);
    assertThat(main(history, Map.of()))
        .containsExactly(
            reading("2016-04-25T00:00:00Z", 1_000_000), reading("2016-04-25T02:00:00Z", 3_000_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "utc_timestamp,mian|has a column 'mian' and the plant no such meter; did you mean 'main'?",
        "time,main|has no column 'utc_timestamp' for the time",
        "utc_timestamp,main,main|has the column 'main' twice",
        "utc_timestamp,room_1,room-1|has two columns of meter room-1",
        "utc_timestamp,note|has no column of a meter",
        "utc_timestamp;main|has no column 'utc_timestamp'",
      })
  void refusesAHeaderItDoesNotUnderstand(String header, String reason) throws IOException {
    assertThat(judge(registers(Stamp.INSTANT), header + "\n2016-04-25T00:00:00Z,1,1\n"))
        .isInstanceOfSatisfying(
            History.Judged.Unusable.class,
            unusable -> assertThat(unusable.findings().toString()).contains(reason));
  }

  @ParameterizedTest
  @CsvSource({"''", "'utc_timestamp,main\n'", "'\u0000'"})
  void refusesAFileWithNothingInIt(String text) throws IOException {
    assertThat(judge(registers(Stamp.INSTANT), text)).isInstanceOf(History.Judged.Unusable.class);
  }

  @Test
  void readsAByteOrderMarkAndQuotesAndCarriageReturns() throws IOException {
    History history =
        usable(
            registers(Stamp.INSTANT),
            "\uFEFF\"utc_timestamp\",\"main\"\r\n\"2016-04-25T00:00:00Z\",\"1.5\"\r\n\r\n");

    assertThat(main(history, Map.of())).containsExactly(reading("2016-04-25T00:00:00Z", 1_500_000));
  }

  @Test
  void tellsOfARegisterThatFallsAndLeavesItToTheAccounts() throws IOException {
    History history =
        usable(
            registers(Stamp.INSTANT),
            HOURS + "2016-04-25T00:00:00Z,5\n2016-04-25T01:00:00Z,4\n2016-04-25T03:00:00Z,6\n");

    assertThat(history.survey().fallen())
        .containsExactly(new Finding(3, "column 'main' is lower than before"));
    assertThat(history.survey().badRows()).isZero();
    assertThat(history.survey().missingSlots()).isOne();
  }

  @Test
  void understandsADayOf23HoursAndOneOf25() throws IOException {
    History spring =
        usable(
            quarters("Europe/Berlin", false),
            "date,kWh\n25/03/2018 01:45,1\n25/03/2018 02:00,1\n25/03/2018 03:15,1\n");
    History autumn =
        usable(
            quarters("Europe/Berlin", false),
            """
            date,kWh
            28/10/2018 01:45,1
            28/10/2018 02:00,1
            28/10/2018 02:15,1
            28/10/2018 02:30,1
            28/10/2018 02:45,1
            28/10/2018 03:00,1
            28/10/2018 02:15,1
            28/10/2018 02:30,1
            28/10/2018 02:45,1
            28/10/2018 03:00,1
            28/10/2018 03:15,1
            """);

    assertThat(spring.survey().missingSlots()).isZero();
    assertThat(main(spring, Map.of()).getLast())
        .isEqualTo(reading("2018-03-25T01:15:00Z", 3_000_000));
    assertThat(autumn.survey().missingSlots()).isZero();
    assertThat(autumn.survey().badRows()).isZero();
    assertThat(main(autumn, Map.of()).getLast())
        .isEqualTo(reading("2018-10-28T02:15:00Z", 11_000_000));
  }

  @Test
  void refusesRowsOfTheRepeatedHourThatDoNotFillItTwice() throws IOException {
    Survey survey =
        usable(
                quarters("Europe/Berlin", false),
                """
                date,kWh
                28/10/2018 02:00,1
                28/10/2018 01:45,1
                28/10/2018 02:00,1
                28/10/2018 02:15,1
                28/10/2018 02:30,1
                28/10/2018 02:45,1
                28/10/2018 03:15,1
                25/03/2019 02:00,1
                """)
            .survey();

    assertThat(survey.bad().stream().map(Finding::row)).containsExactly(2L, 4L, 5L, 6L, 7L);
    assertThat(survey.rows()).isEqualTo(3);
  }

  @Test
  void refusesATimeThatTheClocksLeaveOut() throws IOException {
    Survey survey =
        usable(
                quarters("Europe/Berlin", false),
                "date,kWh\n25/03/2018 01:45,1\n25/03/2018 02:30,1\n")
            .survey();

    assertThat(survey.bad().getFirst().reason()).contains("which the clocks of Europe/Berlin");
  }

  @Test
  void refusesAnOverlappingPeriodAndASumBeyondTheRegister() throws IOException {
    Survey survey =
        usable(
                quarters("Asia/Seoul", false),
                """
                date,kWh
                02/01/2018 00:15,1
                02/01/2018 00:20,1
                02/01/2018 00:30,9007199254
                """)
            .survey();

    assertThat(survey.bad().stream().map(Finding::row)).containsExactly(3L, 4L);
    assertThat(survey.bad().getFirst().reason()).contains("no whole number of periods");
  }

  @Test
  void noticesThatTheFileWasChangedAfterItWasJudged() throws IOException {
    History history = usable(registers(Stamp.INSTANT), HOURS + "2016-04-25T00:00:00Z,5\n");
    Files.writeString(directory.resolve("history0.csv"), HOURS + "2016-04-25T00:00:00Z,6\n");

    assertThatThrownBy(() -> readings(history, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was changed while it was imported");
  }

  @Test
  void readsAMillionRowsAndNamesTheBadOne() throws IOException {
    Path file = directory.resolve("million.csv");
    long start = Instant.parse("1995-01-01T00:00:00Z").getEpochSecond();
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      out.write(HOURS);
      for (int i = 0; i < 1_000_000; i++) {
        out.write(
            Instant.ofEpochSecond(start + i * 900L) + (i == 777_777 ? ",1,0\n" : "," + i + ".5\n"));
      }
    }
    History history =
        usable(
            History.judge(
                new History.Source(file, HistoryForm.PLAIN, List.of("main"), NOW), bytes -> {}));
    List<Integer> batches = new ArrayList<>();

    history.read(
        Map.of(),
        History.Wanted.ALL,
        batch -> batches.add(batch.getFirst().readings().size()),
        bytes -> {});

    assertThat(history.survey().bad()).singleElement().asString().startsWith("row 777779 has 3");
    assertThat(batches.stream().mapToLong(size -> size).sum()).isEqualTo(999_999);
  }

  @Test
  void theFactorysTwoDaysAreExactlyWhatTheirRegistersSay() throws IOException {
    Path file = SHARED.resolve("factory-submeters-2016-04.csv");
    assumeThat(file).as("the factory's registers beside the project").exists();
    List<String> meters = new ArrayList<>();
    for (String column : Files.readAllLines(file).getFirst().split(",", -1)) {
      meters.add(column.replace('_', '-'));
    }
    Map<String, List<Reading>> readings =
        readings(
            usable(
                History.judge(
                    new History.Source(file, registers(Stamp.START), meters, NOW), bytes -> {})),
            Map.of());
    long subMeters = 0;
    for (Map.Entry<String, List<Reading>> meter : readings.entrySet()) {
      boolean source = meter.getKey().startsWith("pv") || meter.getKey().equals("grid-import");
      subMeters += source ? 0 : rise(meter.getValue());
      assertThat(meter.getValue().getFirst().measuredMillis())
          .isEqualTo(Instant.parse("2016-04-25T01:00:00Z").toEpochMilli());
      assertThat(meter.getValue().getLast().measuredMillis())
          .isEqualTo(Instant.parse("2016-04-27T01:00:00Z").toEpochMilli());
    }

    assertThat(
            rise(readings.getOrDefault("grid-import", List.of()))
                + rise(readings.getOrDefault("pv-roof", List.of()))
                + rise(readings.getOrDefault("pv-facade", List.of())))
        .isEqualTo(3_917_555_000L);
    assertThat(subMeters).isEqualTo(3_331_118_000L);
  }

  private static List<Reading> main(History history, Map<String, Long> bases) throws IOException {
    return readings(history, bases).getOrDefault("main", List.of());
  }

  @Test
  void theSteelPlantsYearIsExactlyTheSumOfItsQuarterHours() throws IOException {
    Path file = SHARED.resolve("steel-plant-2018-15min.csv");
    assumeThat(file).as("the steel plant's year beside the project").exists();
    HistoryForm written = quarters("Asia/Seoul", true);
    List<String> header = List.of(Files.readAllLines(file).getFirst().split(",", -1));
    HistoryForm form =
        new HistoryForm(
            written.values(),
            written.timeColumn(),
            written.local(),
            written.stamp(),
            written.step(),
            Map.of("Usage_kWh", "main"),
            Set.copyOf(header.subList(2, header.size())));
    History history =
        usable(History.judge(new History.Source(file, form, List.of("main"), NOW), bytes -> {}));
    List<Reading> readings = readings(history, Map.of()).getOrDefault("main", List.of());

    assertThat(history.survey().rows()).isEqualTo(35_040);
    assertThat(history.survey().missingSlots()).isZero();
    assertThat(readings.getFirst()).isEqualTo(reading("2017-12-31T15:00:00Z", 0));
    assertThat(readings.getLast().measuredMillis())
        .isEqualTo(Instant.parse("2018-12-31T15:00:00Z").toEpochMilli());
    assertThat(BigDecimal.valueOf(readings.getLast().value(), 6)).isEqualByComparingTo("959636.71");
  }

  private static long rise(List<Reading> readings) {
    return readings.getLast().value() - readings.getFirst().value();
  }
}
