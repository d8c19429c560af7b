package io.tracegram.edge.device.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PulseCounterTest {
  private static final Duration SHORTEST = Duration.ofMillis(60);

  private final PulseCounter counter = new PulseCounter(SHORTEST);

  private static void edge(PulseCounter counter, boolean closed, long millis) {
    counter.edge(closed, Duration.ofMillis(millis).toNanos());
  }

  @Test
  void countsEachClosingOnce() {
    edge(counter, true, 0);
    edge(counter, false, 30);
    edge(counter, true, 100);
    edge(counter, false, 130);

    assertThat(counter.take()).isEqualTo(new PulseCounter.Taken(2, 0, 0));
    assertThat(counter.take()).isEqualTo(PulseCounter.Taken.NOTHING);
  }

  @Test
  void doesNotCountABouncingContactTwiceAndSaysSo() {
    edge(counter, true, 0);
    edge(counter, false, 2);
    edge(counter, true, 4);
    edge(counter, false, 34);
    edge(counter, true, 60);

    assertThat(counter.take()).isEqualTo(new PulseCounter.Taken(2, 1, 0));
  }

  @Test
  void suspectsAnEdgeWithoutTheOneBefore() {
    edge(counter, true, 0);
    edge(counter, true, 100);
    edge(counter, false, 130);
    edge(counter, false, 160);

    assertThat(counter.take()).isEqualTo(new PulseCounter.Taken(1, 0, 2));
  }

  @Property(tries = 200)
  void countsEveryPulseThatTheMeterCanGive(
      @ForAll @Size(max = 200) List<@IntRange(min = 60, max = 5_000) Integer> periods) {
    PulseCounter counts = new PulseCounter(SHORTEST);
    long now = 0;
    for (int period : periods) {
      edge(counts, true, now);
      edge(counts, false, now + 30);
      now += period;
    }

    assertThat(counts.take()).isEqualTo(new PulseCounter.Taken(periods.size(), 0, 0));
  }

  @Property(tries = 200)
  void noNoiseCountsMoreThanTheMeterCanGive(
      @ForAll @Size(max = 500) List<@IntRange(max = 20) Integer> steps,
      @ForAll @Size(min = 500, max = 500) List<Boolean> levels) {
    PulseCounter counts = new PulseCounter(SHORTEST);
    long now = 0;
    for (int i = 0; i < steps.size(); i++) {
      now += steps.get(i);
      edge(counts, levels.get(i), now);
    }

    assertThat(counts.take().pulses()).isLessThanOrEqualTo(1 + now / SHORTEST.toMillis());
  }
}
