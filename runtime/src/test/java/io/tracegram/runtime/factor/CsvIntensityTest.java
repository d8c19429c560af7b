package io.tracegram.runtime.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tracegram.ledger.emission.IntensitySeries.Slot;
import io.tracegram.runtime.factor.IntensityReading.Fault;
import io.tracegram.runtime.factor.IntensityReading.Read;
import io.tracegram.runtime.factor.IntensityReading.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvIntensityTest {
  private static final String HEADER = "datetime_utc,gco2e_per_kwh\n";
  private static final String FIRST = "2020-01-01T00:00:00Z,353.320\n";

  private static IntensityReading read(String text) {
    return IntensityShape.CSV.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Read accepted(String text) {
    return (Read) read(text);
  }

  private static List<Fault> faults(String text) {
    return ((Refused) read(text)).faults();
  }

  private static long at(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  @Test
  void readsQuarterHoursExactlyToTheNanogram() {
    Read read =
        accepted(HEADER + FIRST + "2020-01-01T00:15:00Z,0.000000001\n2020-01-01T00:30:00Z,5000");

    assertThat(read.stepMillis()).isEqualTo(900_000);
    assertThat(read.absent()).isZero();
    assertThat(read.slots())
        .containsExactly(
            new Slot(at("2020-01-01T00:00:00Z"), 353_320_000_000L, false),
            new Slot(at("2020-01-01T00:15:00Z"), 1, false),
            new Slot(at("2020-01-01T00:30:00Z"), 5_000_000_000_000L, false));
  }

  @Test
  void tellsTheStepFromTheSlotsAndCountsThoseThatAreAbsent() {
    assertThat(accepted(HEADER + "2020-01-01T00:00Z,1\n2020-01-01T00:30Z,1\n").stepMillis())
        .isEqualTo(1_800_000);
    Read hours = accepted(HEADER + "2020-01-01T00:00Z,1\n2020-01-01T01:00Z,1\n2020-01-01T04:00Z,1");
    assertThat(hours.stepMillis()).isEqualTo(3_600_000);
    assertThat(hours.absent()).isEqualTo(2);
    assertThat(hours.slots()).hasSize(3);
  }

  @Test
  void keepsWhatIsEstimated() {
    assertThat(
            accepted(
                    """
                    datetime_utc, gco2e_per_kwh, is_estimated
                    2020-01-01T00:00:00Z,1,true
                    2020-01-01T01:00:00Z,1,false
                    """)
                .slots())
        .extracting(Slot::estimated)
        .containsExactly(true, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2020-01-01T00:15:00Z,353,32 | 3 values under 2 columns; a decimal comma? write a point",
        "2020-01-01T00:15:00Z,NaN | 'NaN' is no decimal",
        "2020-01-01T00:15:00Z,1e2 | '1e2' is no decimal",
        "2020-01-01T00:15:00Z, | the intensity is empty: leave an unknown slot out",
        "2020-01-01T00:15:00Z,-0.1 | '-0.1' g/kWh is negative",
        "2020-01-01T00:15:00Z,5000.1 | '5000.1' g/kWh is absurd",
        "2020-01-01T00:15:00Z,1.0000000001 | more than 9 decimals",
        "\"2020-01-01T00:15:00Z\",1 | quotes",
        "2020-01-01T00:15:00+01:00,1 | wrong time zone: '2020-01-01T00:15:00+01:00' has an offset",
        "2020-01-01T00:15:00+00:00,1 | wrong time zone",
        "2020-01-01T00:15:00,1 | wrong time zone: '2020-01-01T00:15:00' is local time",
        "2020-01-01 00:15,1 | wrong time zone",
        "2020-02-30T00:15:00Z,1 | no date or time that exists",
        "0020-01-01T00:15:00Z,1 | before 2000",
        "2020-01-01T00:05:00Z,1 | does not start at a quarter of an hour",
        "2020-01-01T00:00:00Z,1 | slot 2020-01-01T00:00:00Z is there twice, first in line 2",
        "2019-12-31T23:45:00Z,1 | comes after 2020-01-01T00:00:00Z: sort by time",
      })
  void refusesTheFileWholeForOneBadRow(String row, String reason) {
    String text = HEADER + FIRST + row.strip() + "\n2020-01-01T00:30:00Z,1\n";

    assertThat(faults(text))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.line()).isEqualTo(3);
              assertThat(fault.reason()).contains(reason);
            });
  }

  @Test
  void namesEveryBadRowAtOnceButNotEndlessly() {
    String rows = HEADER + FIRST + "2020-01-01T00:15:00Z,x\n2020-01-01T00:30:00,1\n";
    assertThat(faults(rows)).extracting(Fault::line).containsExactly(3L, 4L);

    assertThat(faults(HEADER + "x,y\n".repeat(10_000))).hasSize(20);
  }

  @Test
  void refusesAnotherFilesHeader() {
    assertThat(faults("datetime,gco2e_per_kwh\n" + FIRST).getFirst().reason())
        .contains("the first line must be datetime_utc,gco2e_per_kwh[,is_estimated], not");
    assertThat(faults("datetime_utc;gco2e_per_kwh\n").getFirst().reason()).contains("first line");
    assertThat(faults("\uFEFF" + HEADER + FIRST).getFirst().reason()).contains("byte order mark");
    assertThat(faults(HEADER.replace("\n", "\r\n") + FIRST).getFirst().reason()).contains("CR LF");
    assertThat(faults("").getFirst().reason()).contains("the first line must be");
    assertThat(faults("point_time,moer\n").getFirst().reason()).contains("marginal signal");
  }

  @Test
  void refusesSlotsWhoseStepCannotBeTold() {
    assertThat(faults(HEADER).getFirst().reason()).contains("there is no slot");
    assertThat(faults(HEADER + FIRST).getFirst().reason()).contains("there is only one slot");
    assertThat(faults(HEADER + FIRST + "2020-01-01T00:45:00Z,1\n").getFirst().reason())
        .contains("45 min apart; it must be 15, 30 or 60 min");
    assertThat(faults(HEADER + "2020-01-01T00:00Z,1\n2020-01-01T01:00Z,1\n2020-01-01T02:15Z,1\n"))
        .containsExactly(new Fault(4, "slot 2020-01-01T02:15:00Z is not on the grid of 60 min"));
  }

  @Test
  void aLocalFileOfAWinterDayIsRefusedAtTheHourThatIsThereTwice() {
    String autumn =
        HEADER
            + "2020-10-25T00:00:00Z,1\n2020-10-25T01:00:00Z,1\n2020-10-25T02:00:00Z,1\n"
            + "2020-10-25T02:00:00Z,1\n2020-10-25T03:00:00Z,1\n";

    assertThat(faults(autumn)).extracting(Fault::line).containsExactly(5L);
  }

  @Test
  void refusesALineWithoutEnd() {
    assertThat(faults(HEADER + "1".repeat(1_000_000)))
        .containsExactly(new Fault(2, "the line is longer than 200 bytes"));
  }

  @Test
  void readsTheGermanYearWhoseTwoAbsentSlotsStayUnknown() throws IOException {
    Path file =
        Path.of(System.getProperty("tracegram.shared.data", "../../shared/data"))
            .resolve("grid-intensity-de-2020-15min.csv");
    assumeThat(file).as("the real intensities are not beside the project").exists();

    Read read = (Read) IntensityShape.CSV.read(file);

    assertThat(read.stepMillis()).isEqualTo(900_000);
    assertThat(read.slots()).hasSize(35_134);
    assertThat(read.absent()).isEqualTo(2);
    assertThat(read.slots().getFirst())
        .isEqualTo(new Slot(at("2020-01-01T00:00:00Z"), 353_320_000_000L, false));
  }
}
