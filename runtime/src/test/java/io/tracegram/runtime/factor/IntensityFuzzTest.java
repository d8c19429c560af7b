package io.tracegram.runtime.factor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.emission.IntensitySeries.Slot;
import io.tracegram.runtime.factor.IntensityReading.Read;
import io.tracegram.runtime.factor.IntensityReading.Refused;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are read as a series that says the same when written as CSV, or are refused with line
 * and reason.
 */
class IntensityFuzzTest {
  private static final IntensityHeader HEADER =
      new IntensityHeader("grid", "DE", "life-cycle", "AR5", "fuzz", "none");

  static Stream<byte[]> seeds() {
    return Stream.of(
            """
            datetime_utc,gco2e_per_kwh,is_estimated
            2020-01-01T00:00:00Z,353.320,true
            2020-01-01T00:15:00Z,0.000000001,false
            """,
            """
            {"data":[{"from":"2018-01-20T12:00Z","to":"2018-01-20T12:30Z",
            "intensity":{"forecast":266,"actual":null,"index":"moderate"}}]}
            """,
            """
            {"zone":"NL","history":[{"carbonIntensity":124.5,"datetime":"2026-01-01T00:00:00.000Z",
            "emissionFactorType":"lifecycle","isEstimated":true}]}
            """,
            """
            {"data":[{"point_time":"2022-07-15T00:00:00+00:00","value":1e-400}]}
            """)
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsOrRefuses(byte[] input) {
    for (IntensityShape shape : IntensityShape.values()) {
      switch (shape.read(input)) {
        case Read read -> saysTheSameAsCsv(read);
        case Refused refused -> {
          assertThat(refused.faults()).isNotEmpty().hasSizeLessThanOrEqualTo(20);
          assertThat(refused.faults())
              .allSatisfy(
                  fault -> {
                    assertThat(fault.line()).isPositive();
                    assertThat(fault.reason()).isNotBlank().hasSizeLessThan(1_000);
                  });
        }
      }
    }
  }

  private static void saysTheSameAsCsv(Read read) {
    assertThat(HEADER.series(read.stepMillis(), read.slots()).slots()).isEqualTo(read.slots());
    if (read.slots().size() < 2) {
      return;
    }
    StringBuilder csv = new StringBuilder("datetime_utc,gco2e_per_kwh,is_estimated\n");
    for (Slot slot : read.slots()) {
      csv.append(Instant.ofEpochMilli(slot.startMillis()))
          .append(',')
          .append(BigDecimal.valueOf(slot.nanogramsPerKwh(), 9).toPlainString())
          .append(',')
          .append(slot.estimated())
          .append('\n');
    }
    if (IntensityShape.CSV.read(csv.toString().getBytes(StandardCharsets.UTF_8))
        instanceof Read again) {
      assertThat(again.slots()).isEqualTo(read.slots());
    }
  }
}
