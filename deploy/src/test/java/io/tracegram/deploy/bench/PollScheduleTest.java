package io.tracegram.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PollScheduleTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;

  @Example
  void onePollOfFiveThatIsLateIsTheWorst() {
    PollSchedule schedule =
        PollSchedule.of(
            List.of(
                List.of(
                    7 * MILLI,
                    7 * MILLI + 10 * SECOND,
                    7 * MILLI + 20 * SECOND + 300 * MILLI,
                    7 * MILLI + 30 * SECOND,
                    7 * MILLI + 40 * SECOND)),
            10 * SECOND);

    assertThat(schedule).isEqualTo(new PollSchedule(5, 0, 300, 300));
  }

  @Example
  void aPollThatIsMissingDelaysNoOther() {
    assertThat(PollSchedule.of(List.of(List.of(0L, 10 * SECOND, 30 * SECOND)), 10 * SECOND))
        .isEqualTo(new PollSchedule(3, 0, 0, 0));
  }

  @Example
  void nothingPolledIsNothingMeasured() {
    assertThat(PollSchedule.of(List.of(List.of()), SECOND)).isEqualTo(new PollSchedule(0, 0, 0, 0));
  }

  @Property(tries = 200)
  void noPollIsFartherFromItsGridThanTheDelaysReach(
      @ForAll @Size(min = 1, max = 40) List<@LongRange(min = 0, max = 200) Long> delays,
      @ForAll @LongRange(min = 0, max = 10_000) long start) {
    List<Long> arrivals = new ArrayList<>();
    for (int i = 0; i < delays.size(); i++) {
      arrivals.add((start + 10_000L * i + delays.get(i)) * MILLI);
    }

    PollSchedule schedule = PollSchedule.of(List.of(arrivals), 10 * SECOND);

    assertThat(schedule.polls()).isEqualTo(delays.size());
    assertThat(schedule.worstMillis()).isBetween(0.0, 200.0);
    assertThat(schedule.p50Millis()).isLessThanOrEqualTo(schedule.p99Millis());
  }
}
