package io.tracegram.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class VerifyBenchTest {
  @Test
  @Timeout(120)
  void measuresTheVerificationOfALogItWrote(@TempDir Path directory) throws Exception {
    VerifyResult result = new VerifyBench(directory, 2_000, 60).run(line -> {});

    assertThat(result.leaves()).isGreaterThan(2_000);
    assertThat(result.checkedNanos())
        .as("signatures cost something")
        .isGreaterThan(result.believedNanos());
    assertThat(result.signatureNanos()).isPositive();
    assertThat(result.json()).startsWith("{\"leaves\":").endsWith("}");
  }
}
