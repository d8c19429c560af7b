package io.tracegram.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IngestBenchTest {
  @Test
  @Timeout(180)
  void measuresAGatewayInAProcessOfItsOwnThatAdmitsEverything(@TempDir Path directory)
      throws Exception {
    IngestResult result = new IngestBench(directory, 500, 1_500).run(60);

    assertThat(result.statements()).isBetween(1_000L, 1_500L);
    assertThat(result.verifyNanos()).isPositive();
    assertThat(result.cpuNanosPerStatement())
        .as("a statement costs more than its verification")
        .isGreaterThan(result.verifyNanos());
    assertThat(directory).as("cleaned up").isEmptyDirectory();
    assertThat(result.json()).startsWith("{\"readingsPerStatement\":60,").endsWith("}");
  }
}
