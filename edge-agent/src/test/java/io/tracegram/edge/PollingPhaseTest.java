package io.tracegram.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PollingPhaseTest {
  private static final long INTERVAL = 10_000;

  @Example
  void fourMetersAreDueInFourPartsOfTheInterval() {
    assertThat(LongStream.range(0, 4).map(i -> Polling.phase((int) i, INTERVAL)))
        .containsExactly(0L, 6_180L, 2_360L, 8_541L);
  }

  @Property(tries = 200)
  void anyEightThatFollowEachOtherAreFarApart(@ForAll @IntRange(max = 2_000) int first) {
    long[] due =
        LongStream.range(first, first + 8)
            .map(i -> Polling.phase((int) i, INTERVAL))
            .sorted()
            .toArray();

    assertThat(due[0]).isNotNegative();
    assertThat(due[due.length - 1]).isLessThan(INTERVAL);
    for (int i = 1; i < due.length; i++) {
      assertThat(due[i] - due[i - 1]).as("a bus is free between two").isGreaterThan(INTERVAL / 40);
    }
  }
}
