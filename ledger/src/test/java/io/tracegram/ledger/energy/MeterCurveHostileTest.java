package io.tracegram.ledger.energy;

import static io.tracegram.ledger.energy.Origin.METERED;
import static io.tracegram.ledger.energy.SampleOutcome.ACCEPTED;
import static io.tracegram.ledger.energy.SampleOutcome.HELD;
import static io.tracegram.ledger.energy.SampleOutcome.IMPOSSIBLE;
import static io.tracegram.ledger.energy.SampleOutcome.INSERTED;
import static io.tracegram.ledger.energy.SampleOutcome.TOO_LATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MeterCurveHostileTest {
  private static final long HOUR = 3_600_000L;
  private static final long YEAR = 8_760 * HOUR;

  private final MeterCurve curve = new MeterCurve(Limits.of(10_000, HOUR));

  @Test
  void whatCannotBeOfTheRegisterIsRefusedAndLeavesNoTrace() {
    curve.add(HOUR, 5, 1, METERED);
    MeterCurve.State before = curve.state();

    assertThat(curve.add(2 * HOUR, -1, 1, METERED)).isEqualTo(IMPOSSIBLE);
    assertThat(curve.add(2 * HOUR, Limits.MOST_VALUE + 1, 1, METERED)).isEqualTo(IMPOSSIBLE);
    assertThat(curve.add(2 * HOUR, 6, -1, METERED)).isEqualTo(IMPOSSIBLE);
    assertThat(curve.add(-1, 6, 1, METERED)).isEqualTo(IMPOSSIBLE);
    assertThat(curve.add(Long.MIN_VALUE, 6, 1, METERED)).isEqualTo(IMPOSSIBLE);
    assertThat(curve.add(Limits.MOST_MILLIS + 1, 6, 1, METERED)).isEqualTo(IMPOSSIBLE);
    assertThat(curve.declare(new Discontinuity(Long.MIN_VALUE, 0, 0))).isEqualTo(IMPOSSIBLE);
    assertThat(curve.declare(new Discontinuity(0, -1, 0))).isEqualTo(IMPOSSIBLE);
    assertThat(curve.declare(new Discontinuity(0, 0, Long.MAX_VALUE))).isEqualTo(IMPOSSIBLE);
    assertThat(curve.estimate(new Estimate(5, 5, 0, "none"))).isEqualTo(IMPOSSIBLE);
    assertThat(curve.estimate(new Estimate(0, Long.MAX_VALUE, 0, "ever"))).isEqualTo(IMPOSSIBLE);
    assertThat(curve.estimate(new Estimate(0, HOUR, 11_000_001, "more"))).isEqualTo(IMPOSSIBLE);
    assertThat(curve.state()).isEqualTo(before);
    assertThatThrownBy(() -> curve.slice(5, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aValueOfTheModulusOrMoreIsNotOfTheRegister() {
    MeterCurve small = new MeterCurve(new Limits(10_000, 10, HOUR, OptionalLong.of(100)));

    assertThat(small.add(0, 100, 1, METERED)).isEqualTo(IMPOSSIBLE);
    assertThat(small.add(0, 99, 1, METERED)).isEqualTo(ACCEPTED);
  }

  @Test
  void theLargestValuesAndTimesStayExact() {
    MeterCurve large = new MeterCurve(new Limits(1_000_000_000L, 100, YEAR, OptionalLong.empty()));
    large.add(0, 0, Long.MAX_VALUE, METERED);

    assertThat(large.add(Limits.MOST_MILLIS, Limits.MOST_VALUE, 1, METERED)).isEqualTo(ACCEPTED);
    assertThat(large.level(Limits.MOST_MILLIS - 1))
        .as("2^60 · (2^43 − 2) / (2^43 − 1), by hand 2^60 − 2^17 − 1")
        .isEqualTo((1L << 60) - (1L << 17) - 1);
    assertThat(large.level(Limits.MOST_MILLIS)).isEqualTo(Limits.MOST_VALUE);
  }

  @Test
  void noToleranceIsBoughtByAClaimedResolution() {
    curve.add(0, 0, Long.MAX_VALUE, METERED);

    assertThat(curve.add(HOUR, 21_000_001, Long.MAX_VALUE, METERED)).isEqualTo(HELD);
    assertThat(curve.add(2 * HOUR, 32_000_000, Long.MAX_VALUE, METERED))
        .isEqualTo(SampleOutcome.SPURIOUS_BEFORE);
  }

  @Test
  void aReadingFromTheFarFutureIsHeldOrBridgedAndThePresentGoesOn() {
    curve.add(0, 0, 1, METERED);
    curve.add(100 * YEAR, 1, 1, METERED);

    assertThat(curve.add(HOUR, 1_000, 1, METERED)).isEqualTo(INSERTED);
    assertThat(curve.add(2 * HOUR, 3_000, 1, METERED)).isEqualTo(INSERTED);
    assertThat(curve.slice(HOUR, 2 * HOUR).energy()).isEqualTo(2_000);
    assertThat(curve.heldMillis()).as("it does not follow any more").hasValue(100 * YEAR);
  }

  @Test
  void aRegisterOfNoiseIsNeverBelievedAndDoesNotGrowForEver() {
    curve.add(0, 50_000_000, 1, METERED);
    for (int i = 1; i < 10_000; i++) {
      curve.add(i, i % 2 == 0 ? 0 : 40_000_000L + i % 3 * 9_000_000L, 1, METERED);
    }
    curve.add(HOUR, 50_000_000, 1, METERED);
    curve.thinBefore(2 * HOUR, new long[] {});

    assertThat(curve.slice(0, HOUR).energy()).isZero();
    assertThat(curve.size()).isEqualTo(2);
  }

  @Test
  void whatIsOlderThanAllThatIsKeptComesTooLate() {
    for (long hour = 1; hour < 10; hour++) {
      curve.add(hour * HOUR, hour * 1_000, 1, METERED);
    }
    curve.forgetBefore(5 * HOUR + 1);

    assertThat(curve.size()).isEqualTo(5);
    assertThat(curve.level(5 * HOUR + HOUR / 2)).isEqualTo(5_500);
    assertThat(curve.add(4 * HOUR, 4_000, 1, METERED)).isEqualTo(TOO_LATE);
    assertThat(curve.declare(new Discontinuity(4 * HOUR, 4_000, 0))).isEqualTo(TOO_LATE);
    assertThat(curve.estimate(new Estimate(HOUR, 2 * HOUR, 1, "late"))).isEqualTo(TOO_LATE);
    assertThat(curve.add(5 * HOUR + 5, 5_001, 1, METERED)).isEqualTo(INSERTED);
  }

  @Test
  void goesOnFromACurveOfEditionOne() {
    RegisterCurve former = new RegisterCurve(10_000);
    former.add(0, 5_000_000, 1);
    former.add(HOUR, 100, 1);
    former.add(2 * HOUR, 300, 1);
    former.add(3 * HOUR, 0, 1);
    MeterCurve next = MeterCurve.from(former.state(), Limits.of(10_000, HOUR));

    for (long millis = 0; millis < 4 * HOUR; millis += HOUR / 7) {
      assertThat(next.level(millis)).isEqualTo(former.level(millis));
    }
    assertThat(next.heldMillis()).hasValue(3 * HOUR);
    assertThat(next.add(HOUR / 2, 7, 1, METERED)).isEqualTo(SampleOutcome.REDUNDANT);
    assertThat(next.add(2 * HOUR, 300, 1, METERED)).isEqualTo(SampleOutcome.DUPLICATE);
    assertThat(next.add(4 * HOUR, 900, 1, METERED)).isEqualTo(SampleOutcome.SPURIOUS_BEFORE);
    assertThat(next.slice(2 * HOUR, 4 * HOUR).energy()).isEqualTo(600);
    assertThat(Optional.of(MeterCurve.from(new RegisterCurve(1).state(), Limits.of(1, 1)).state()))
        .as("an empty one")
        .hasValue(new MeterCurve(Limits.of(1, 1)).state());
    assertThat(List.of(next.register().milliwattHours())).containsExactly(900L);
  }
}
