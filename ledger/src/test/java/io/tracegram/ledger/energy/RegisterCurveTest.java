package io.tracegram.ledger.energy;

import static io.tracegram.ledger.energy.RegisterCurve.Outcome.ACCEPTED;
import static io.tracegram.ledger.energy.RegisterCurve.Outcome.CONFLICT;
import static io.tracegram.ledger.energy.RegisterCurve.Outcome.DUPLICATE;
import static io.tracegram.ledger.energy.RegisterCurve.Outcome.HELD;
import static io.tracegram.ledger.energy.RegisterCurve.Outcome.LATE;
import static io.tracegram.ledger.energy.RegisterCurve.Outcome.RESET_UNDECLARED;
import static io.tracegram.ledger.energy.RegisterCurve.Outcome.SPURIOUS_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RegisterCurveTest {
  private static final long HOUR = 3_600_000L;

  private final RegisterCurve curve = new RegisterCurve(10_000);

  @Test
  void splitsTheEnergyBetweenTwoReadingsByTime() {
    curve.add(0, 1_000, 1);
    curve.add(HOUR, 1_010, 1);

    assertThat(curve.level(HOUR / 3)).as("floor of 1003.33").isEqualTo(1_003);
    assertThat(curve.level(-5)).isEqualTo(1_000);
    assertThat(curve.level(2 * HOUR)).isEqualTo(1_010);
  }

  @Test
  void leavesOutASpuriousReadingWithoutLosingEnergy() {
    assertThat(curve.add(0, 5_000_000, 1)).isEqualTo(ACCEPTED);
    assertThat(curve.add(HOUR, 0, 1)).isEqualTo(HELD);
    assertThat(curve.add(2 * HOUR, 6_000_000, 1)).isEqualTo(SPURIOUS_BEFORE);

    assertThat(curve.level(2 * HOUR) - curve.level(0)).isEqualTo(1_000_000);
  }

  @Test
  void staysLevelAcrossAResetOnceTwoReadingsAgreeOnIt() {
    curve.add(0, 5_000_000, 1);
    assertThat(curve.add(HOUR, 100, 1)).isEqualTo(HELD);
    assertThat(curve.add(2 * HOUR, 300, 1)).isEqualTo(RESET_UNDECLARED);
    assertThat(curve.add(3 * HOUR, 700, 1)).isEqualTo(ACCEPTED);

    assertThat(curve.level(HOUR)).isEqualTo(5_000_000);
    assertThat(curve.level(3 * HOUR) - curve.level(HOUR)).isEqualTo(600);
    assertThat(curve.register().milliwattHours()).isEqualTo(700);
  }

  @Test
  void holdsARiseThatTheMeterCannotCount() {
    curve.add(0, 0, 1);

    assertThat(curve.add(HOUR, 11_000_002, 1)).as("10 kW · 1 h · 1.1 + 1").isEqualTo(HELD);
    assertThat(curve.add(2 * HOUR, 22_000_001, 1)).isEqualTo(SPURIOUS_BEFORE);
  }

  @Test
  void keepsTheFirstOfTwoValuesAtOneTimeAndRefusesLateOnes() {
    curve.add(HOUR, 10, 1);

    assertThat(curve.add(HOUR, 10, 1)).isEqualTo(DUPLICATE);
    assertThat(curve.add(HOUR, 11, 1)).isEqualTo(CONFLICT);
    assertThat(curve.add(0, 5, 1)).isEqualTo(LATE);
  }

  @Property
  void telescopesWhateverTheCuts(
      @ForAll @Size(min = 2, max = 30) List<@IntRange(min = 0, max = 100_000) Integer> rises,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 108_000_000) Integer> cuts) {
    RegisterCurve rising = new RegisterCurve(1_000_000);
    long value = 0;
    for (int i = 0; i < rises.size(); i++) {
      value += rises.get(i);
      rising.add(i * HOUR, value, 1);
    }
    long end = (rises.size() - 1) * HOUR;
    long before = 0;
    long sum = 0;
    for (int cut : cuts.stream().sorted().toList()) {
      long at = Math.min(cut, end);
      long part = rising.level(at) - rising.level(before);
      assertThat(part).isNotNegative();
      sum += part;
      before = at;
    }
    sum += rising.level(end) - rising.level(before);

    assertThat(sum).isEqualTo(value - rises.getFirst());
  }
}
