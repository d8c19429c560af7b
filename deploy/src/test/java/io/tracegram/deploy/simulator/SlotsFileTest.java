package io.tracegram.deploy.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tracegram.runtime.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsFileTest {
  private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

  private final Path directory;

  SlotsFileTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Slots read(String text) throws IOException {
    return new SlotsFile(Files.writeString(directory.resolve("load.csv"), text)).read(WARSAW);
  }

  @Test
  void readsSlotsAcrossMidnightWhereTheRowKeepsTheDayThatEnds() throws IOException {
    Slots slots =
        read(
            """
            date,Usage_kWh,Load
            01/01/2018 23:45,3.17,Light
            01/01/2018 00:00,4,Light
            02/01/2018 00:15,0.001,Light
            """);

    assertThat(slots.wattHours()).containsExactly(3_170L, 4_000L, 1L);
    // 23:30 at +01:00
    assertThat(slots.start()).isEqualTo(Instant.parse("2018-01-01T22:30:00Z"));
    assertThat(slots.end()).isEqualTo(Instant.parse("2018-01-01T23:15:00Z"));
  }

  @Test
  void alsoTakesAMidnightDatedWithTheDayThatBegins() throws IOException {
    assertThat(read("date,Usage_kWh\n01/01/2018 23:45,1\n02/01/2018 00:00,2\n").wattHours())
        .containsExactly(1_000L, 2_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "01/01/2018 00:15,1\\n01/01/2018 00:45,1|row 3 is dated 01/01/2018 00:45, the next",
        "01/01/2018 00:15,1\\n01/01/2018 00:15,1|row 3 is dated 01/01/2018 00:15, the next",
        "01/01/2018 00:15,1\\n02/01/2018 00:30,1|row 3 is dated 02/01/2018 00:30, the next",
        "01/01/2018 00:15,3.1701|row 2 has the energy 3.1701 kWh, finer than the register's 1 Wh",
        "01/01/2018 00:15,-1|row 2 has the energy '-1', expected kWh",
        "01/01/2018 00:15,1e9|row 2 has the energy '1e9', expected kWh",
        "01/01/2018 00:15,|row 2 has the energy '', expected kWh",
        "31/02/2018 00:15,1|row 2 has the date '31/02/2018 00:15', expected",
        "2018-01-01 00:15,1|row 2 has the date '2018-01-01 00:15', expected",
        "01/01/2018 00:15,1,2|row 2 has 3 columns, the header 2",
        "01/01/2018 00:15,1\\n\\n01/01/2018 00:30,1|row 3 is empty"
      })
  void refusesARowThatIsNotAsExpectedAndNamesIt(String rows, String reason) {
    assertThatThrownBy(() -> read("date,Usage_kWh\n" + rows.replace("\\n", "\n") + "\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void refusesAFileWithoutItsColumnsOrRows() {
    assertThatThrownBy(() -> read("time,kWh\n")).hasMessageContaining("no column 'date'");
    assertThatThrownBy(() -> read("date,Usage_kWh\n")).hasMessageContaining("no slot to replay");
    assertThatThrownBy(() -> read("")).hasMessageContaining("no column 'date'");
    assertThatThrownBy(() -> read("x".repeat(10_000))).hasMessageContaining("longer than");
  }

  @Test
  void readsTheWholeYearOfARealSteelPlantToTheLastWattHour() throws IOException {
    Path file = Path.of("../../shared/data/steel-plant-2018-15min.csv");
    assumeThat(file).as("the real load profile is not beside the project").exists();

    Slots slots = new SlotsFile(file).read(WARSAW);

    assertThat(slots.wattHours()).hasSize(35_040);
    assertThat(slots.wattHours().stream().mapToLong(Long::longValue).sum()).isEqualTo(959_636_710L);
    assertThat(slots.end()).isEqualTo(Instant.parse("2018-12-31T23:00:00Z"));
  }
}
