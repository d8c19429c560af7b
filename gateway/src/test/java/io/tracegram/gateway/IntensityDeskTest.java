package io.tracegram.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.gateway.factor.IntensityDesk;
import io.tracegram.gateway.problem.Problem;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.runtime.config.IntensitySource;
import io.tracegram.runtime.factor.IntensityHeader;
import io.tracegram.runtime.factor.IntensityShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntensityDeskTest {
  private static final IntensityHeader HEADER =
      new IntensityHeader("grid", "DE", "life-cycle", "AR5", "test", "CC BY 4.0");

  private final Path directory;

  IntensityDeskTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void declaresAFileOnceAndAgainWhenItSaysSomethingElse() throws IOException {
    write("353.320");
    assertThat(problemsOfARun()).isEmpty();
    assertThat(problemsOfARun()).isEmpty();
    assertThat(declarations()).isEqualTo(1);

    write("353.321");
    assertThat(problemsOfARun()).isEmpty();
    assertThat(declarations()).isEqualTo(2);
  }

  @Test
  void saysWhatIsWrongWithAFileAndDeclaresNothing() throws IOException {
    write("353,320");
    assertThat(problemsOfARun())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("emission.intensity-source");
              assertThat(problem.reason()).contains("grid.csv: line 2");
            });
    assertThat(declarations()).isZero();
  }

  @Test
  void refusesTheSameValuesForAnotherGridAndDeclaresNothing() throws IOException {
    write("353.320");
    assertThat(problemsOfARun()).isEmpty();

    assertThat(
            problemsOfARun(
                new IntensityHeader("grid", "FR", "life-cycle", "AR5", "test", "CC BY 4.0")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("emission.series-refused");
              assertThat(problem.reason()).contains("is of DE, life-cycle, AR5, not of FR");
            });
    assertThat(declarations()).isEqualTo(1);
  }

  private void write(String value) throws IOException {
    Files.writeString(
        file(),
        "datetime_utc,gco2e_per_kwh\n2020-01-01T00:00:00Z,%s\n2020-01-01T00:15:00Z,350\n"
            .formatted(value));
  }

  private Path file() {
    return directory.resolve("grid.csv");
  }

  private List<Problem> problemsOfARun() throws IOException {
    return problemsOfARun(HEADER);
  }

  private List<Problem> problemsOfARun(IntensityHeader header) throws IOException {
    Gateway gateway = new PlantFixture(directory.resolve("data")).start(false);
    IntensitySource source =
        new IntensitySource(header, IntensityShape.CSV, new IntensitySource.Origin.Local(file()));
    try (IntensityDesk desk =
        new IntensityDesk(List.of(source), gateway.accounts(), gateway.problems(), new Random(1))) {
      desk.start();
      return gateway.problems().list();
    } finally {
      gateway.stop();
    }
  }

  private long declarations() throws IOException {
    return new PlantFixture(directory.resolve("data"))
        .leaves().stream()
            .map(leaf -> Leaf.parse(leaf).statement().statement().body())
            .filter(Body.FactorSetDeclared.class::isInstance)
            .count();
  }
}
