package io.tracegram.ledger.energy;

import static io.tracegram.ledger.energy.Origin.METERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.energy.NaiveCurve.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class MeterCurveThinningTest {
  private static final long MINUTE = 60_000L;
  private static final long QUARTER = 15 * MINUTE;
  private static final long END = 24 * QUARTER;
  private static final long[] CUTS = {2 * QUARTER + 17, 7 * QUARTER + 400_000};
  private static final Limits LIMITS = new Limits(10_000, 10, 2 * MINUTE, OptionalLong.of(700_000));

  @Example
  void keepsTheReadingsOnBothSidesOfEveryQuarter() {
    MeterCurve curve = new MeterCurve(LIMITS);
    for (int i = 0; i <= 60; i++) {
      curve.add(i * MINUTE + 1_000, i, 1, METERED);
    }
    curve.thinBefore(END, new long[] {});

    assertThat(curve.size()).as("00:01, two around each of 3 quarters, 59:01, 60:01").isEqualTo(9);
    assertThat(curve.add(20 * MINUTE, 19, 1, METERED)).isEqualTo(SampleOutcome.REDUNDANT);
    assertThat(curve.add(30 * MINUTE + 500, 29, 1, METERED)).isEqualTo(SampleOutcome.INSERTED);
    assertThat(curve.level(30 * MINUTE)).as("29 + 0 of 1 until 30:00.5").isEqualTo(29);
  }

  @Property(tries = 300)
  void noLevelThatIsAskedForChangesWhetherThinnedOrNot(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed) {
    Random random = new Random(seed);
    MeterCurve whole = new MeterCurve(LIMITS);
    MeterCurve thinned = new MeterCurve(LIMITS);
    List<Reading> late = new ArrayList<>();
    long value = 690_000;
    long millis = 1;
    while (millis < END) {
      Reading reading = new Reading(millis, value % 700_000, 1, METERED);
      if (random.nextInt(5) == 0) {
        late.add(reading);
      } else {
        assertThat(add(thinned, reading)).isEqualTo(add(whole, reading));
      }
      if (random.nextInt(20) == 0 && !late.isEmpty()) {
        Reading again = late.remove(random.nextInt(late.size()));
        add(whole, again);
        add(thinned, again);
        assertThat(thinned.changedTo()).isLessThanOrEqualTo(whole.changedTo());
      }
      if (random.nextInt(10) == 0) {
        thinned.thinBefore(millis - random.nextInt(40) * MINUTE, CUTS);
      }
      assertSameLevels(whole, thinned, 0);
      long step = 20_000L + random.nextInt(random.nextInt(10) == 0 ? 2_000_000 : 100_000);
      value += random.nextLong(LIMITS.most(step) / 40 + 1);
      millis += step;
    }
    thinned.forgetBefore(3 * QUARTER);
    assertSameLevels(whole, thinned, 3 * QUARTER);
  }

  @Property(tries = 200)
  void neverLosesTheMarksOfResetsGapsAndImports(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed) {
    Random random = new Random(seed);
    MeterCurve whole = new MeterCurve(LIMITS);
    MeterCurve thinned = new MeterCurve(LIMITS);
    long value = 0;
    for (long millis = 1; millis < END; millis += 20_000 + random.nextInt(110_000)) {
      value = random.nextInt(30) == 0 ? random.nextInt(600_000) : value + random.nextInt(100);
      Origin origin = random.nextInt(50) == 0 ? Origin.IMPORTED : METERED;
      Reading reading = new Reading(millis, value, 1, origin);
      assertThat(add(thinned, reading)).isEqualTo(add(whole, reading));
      if (random.nextInt(10) == 0) {
        thinned.thinBefore(millis - random.nextInt(10) * MINUTE, CUTS);
      }
    }
    for (int quarter = 0; quarter < 24; quarter++) {
      long from = quarter * QUARTER;
      assertThat(thinned.slice(from, from + QUARTER)).isEqualTo(whole.slice(from, from + QUARTER));
    }
  }

  private static SampleOutcome add(MeterCurve curve, Reading reading) {
    return curve.add(reading.millis(), reading.value(), reading.resolution(), reading.origin());
  }

  private static void assertSameLevels(MeterCurve whole, MeterCurve thinned, long from) {
    long[] times =
        LongStream.concat(
                LongStream.rangeClosed(0, 24).map(quarter -> quarter * QUARTER),
                Arrays.stream(CUTS))
            .filter(millis -> millis >= from)
            .toArray();
    assertThat(Arrays.stream(times).map(thinned::level).toArray())
        .isEqualTo(Arrays.stream(times).map(whole::level).toArray());
  }
}
