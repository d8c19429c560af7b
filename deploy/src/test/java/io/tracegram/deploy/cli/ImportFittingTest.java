package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of interval energy beside each other; the quarters of the day are of 1, 2, 3, … kWh. */
class ImportFittingTest {
  private final Path directory;

  ImportFittingTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** Three files of the quarters 1 to 3, 4 to 6 and 7 to 9: 45 kWh. */
  @ParameterizedTest
  @ValueSource(strings = {"147", "417", "471", "741"})
  void whatFollowsEachOtherIsWholeWhateverTheOrder(String order) throws IOException {
    quarters(order, 0);
    quarters(order, 1);
    ImportRun last = quarters(order, 2);

    assertThat(last.json().path("suppliedKwh").asText()).isEqualTo("45");
    assertThat(last.json().path("notes")).isEmpty();
    assertThat(last.json().path("conservationErrorUg").asLong()).isZero();
  }

  private ImportRun quarters(String order, int file) throws IOException {
    int from = order.charAt(file) - '0';
    return imported(rows(from, from + 2));
  }

  @Test
  void whatIsBetweenTwoFilesStaysUnknown() throws IOException {
    imported(rows(7, 8));
    assertThat(imported(rows(1, 2)).json().path("suppliedKwh").asText()).isEqualTo("18");
    assertThat(imported(rows(10, 11)).json().path("suppliedKwh").asText()).isEqualTo("39");
    assertThat(imported(rows(4, 5)).json().path("suppliedKwh").asText()).isEqualTo("48");
  }

  @Test
  void anOverlapThatSaysTheSameIsTakenOnce() throws IOException {
    imported(rows(4, 6));
    assertThat(imported(rows(5, 8)).json().path("suppliedKwh").asText()).isEqualTo("30");
    assertThat(imported(rows(1, 4)).json().path("suppliedKwh").asText()).isEqualTo("36");
    long size = leaves();
    assertThat(imported(rows(2, 7)).talk()).contains("nothing new");
    assertThat(leaves()).isEqualTo(size);
  }

  @Test
  void anOverlapThatSaysOtherwiseIsRefusedWholeWithItsRow() throws IOException {
    imported(rows(1, 4));
    long size = leaves();
    String other = rows(3, 6).replace("01:00,4", "01:00,40");

    assertRefused(
        other,
        "row 3: main of 2017-12-31T15:45:00Z to 2017-12-31T16:00:00Z, 40000000 mWh; another file"
            + " said 4000000 mWh");
    assertThat(leaves()).isEqualTo(size);
    assertThat(imported(rows(3, 6)).json().path("suppliedKwh").asText())
        .as("corrected")
        .isEqualTo("21");
  }

  @Test
  void whatNoRegisterCanHoldIsRefusedWholeWithItsRow() throws IOException {
    imported(rows(1, 2));
    imported(rows(4, 5));
    long size = leaves();

    assertRefused(rows(3, 3), "row 2: main of 2017-12-31T15:30:00Z");
    assertRefused(rows(1, 5), "row 4: main of 2017-12-31T15:30:00Z");
    assertRefused(
        rows(3, 3) + rows(6, 6).substring(HEADER.length()), "row 3: main of 2017-12-31T16:15");
    assertThat(leaves()).isEqualTo(size);
  }

  private static final String HEADER = "date,Usage_kWh\n";

  private static String rows(int from, int to) {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int quarter = from; quarter <= to; quarter++) {
      rows.append("01/01/2018 %02d:%02d,%d\n".formatted(quarter / 4, quarter % 4 * 15, quarter));
    }
    return rows.toString();
  }

  private void assertRefused(String rows, String why) throws IOException {
    ImportRun refused = run(rows);
    assertThat(refused.code()).isNotZero();
    assertThat(refused.talk()).contains(why).contains("Nothing was imported");
  }

  private ImportRun imported(String rows) throws IOException {
    ImportRun ran = run(rows);
    assertThat(ran.code()).as(ran.talk()).isZero();
    return ran;
  }

  private ImportRun run(String rows) throws IOException {
    return ImportRun.of(
        Files.writeString(directory.resolve("rows.csv"), rows),
        ImportRun.STEEL,
        directory.resolve("data"));
  }

  private long leaves() throws IOException {
    return ImportRun.leaves(directory.resolve("data"));
  }
}
