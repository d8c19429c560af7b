package io.tracegram.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small, so that it says that the benchmark works, and not what an agent costs. */
class EdgeBenchTest {
  @Test
  @Timeout(180)
  void measuresAnAgentInAProcessOfItsOwnWhosePointsAllArrive(@TempDir Path directory)
      throws Exception {
    EdgeBench.Load load = new EdgeBench.Load(30, 4, Duration.ofSeconds(2));

    EdgeResult result = new EdgeBench(directory, load, "", line -> {}).run(Duration.ofSeconds(6));

    assertThat(result.points()).isEqualTo(3 * (10 + 2 * 4));
    // three intervals, all but the dead meter's
    assertThat(result.readings()).isBetween(3L * 51 - 60, 3L * 51 + 60);
    assertThat(result.residentMegabytes()).isBetween(20.0, 300.0);
    assertThat(result.cpuNanos()).isPositive();
    assertThat(result.tcp().polls()).isBetween(20, 40);
    assertThat(result.whole().polls()).isBetween(8, 16);
    assertThat(result.broken().polls()).as("all but the dead one").isBetween(6, 12);
    assertThat(result.json()).startsWith("{\"points\":54,").endsWith("}");
  }
}
