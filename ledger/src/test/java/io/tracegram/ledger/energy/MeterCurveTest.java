package io.tracegram.ledger.energy;

import static io.tracegram.ledger.energy.Origin.IMPORTED;
import static io.tracegram.ledger.energy.Origin.METERED;
import static io.tracegram.ledger.energy.SampleOutcome.ACCEPTED;
import static io.tracegram.ledger.energy.SampleOutcome.CONFLICT;
import static io.tracegram.ledger.energy.SampleOutcome.DUPLICATE;
import static io.tracegram.ledger.energy.SampleOutcome.HELD;
import static io.tracegram.ledger.energy.SampleOutcome.INSERTED;
import static io.tracegram.ledger.energy.SampleOutcome.REDUNDANT;
import static io.tracegram.ledger.energy.SampleOutcome.RESET_DECLARED;
import static io.tracegram.ledger.energy.SampleOutcome.RESET_UNDECLARED;
import static io.tracegram.ledger.energy.SampleOutcome.ROLLOVER;
import static io.tracegram.ledger.energy.SampleOutcome.SPURIOUS_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * A meter of 10 kW, so 11 kWh an hour with tolerance; readings up to an hour apart are measured.
 */
class MeterCurveTest {
  private static final long HOUR = 3_600_000L;

  private final MeterCurve curve = new MeterCurve(Limits.of(10_000, HOUR));

  private SampleOutcome read(long hour, long value) {
    return curve.add(hour * HOUR, value, 1, METERED);
  }

  private long energy(long fromHour, long toHour) {
    return curve.slice(fromHour * HOUR, toHour * HOUR).energy();
  }

  @Test
  void splitsTheEnergyBetweenTwoReadingsByTime() {
    read(0, 1_000);
    read(1, 1_010);

    assertThat(curve.level(HOUR / 3)).as("floor of 1003.33").isEqualTo(1_003);
    assertThat(curve.level(0)).isEqualTo(1_000);
    assertThat(curve.level(2 * HOUR)).isEqualTo(1_010);
  }

  @Test
  void aStuckRegisterCountsNothingAndIsMeasured() {
    read(0, 5);
    assertThat(read(1, 5)).isEqualTo(ACCEPTED);

    assertThat(curve.slice(0, HOUR)).isEqualTo(new Slice(0, 0, 0, 0, 0, HOUR, 0, 0, 0));
    assertThat(curve.slice(0, HOUR).worst()).isEqualTo(Quality.MEASURED);
  }

  @Test
  void leavesOutASpuriousReadingWithoutLosingEnergy() {
    read(0, 5_000_000);
    assertThat(read(1, 0)).isEqualTo(HELD);
    assertThat(curve.heldMillis()).hasValue(HOUR);
    assertThat(read(2, 6_000_000)).isEqualTo(SPURIOUS_BEFORE);

    assertThat(energy(0, 2)).isEqualTo(1_000_000);
    assertThat(curve.slice(0, HOUR).worst()).as("2 h apart").isEqualTo(Quality.INTERPOLATED);
    assertThat(curve.heldMillis()).isEmpty();
  }

  @Test
  void holdsARiseThatTheMeterCannotCount() {
    read(0, 0);
    assertThat(read(1, 11_000_002)).as("10 kW · 1 h · 1.1 + 1").isEqualTo(HELD);
    assertThat(read(2, 22_000_001)).as("10 kW · 2 h · 1.1 + 1").isEqualTo(SPURIOUS_BEFORE);
  }

  @Test
  void energyAcrossAnUndeclaredResetIsUnknownUpToWhatTheMeterCanCount() {
    read(0, 5_000_000);
    assertThat(read(1, 100)).isEqualTo(HELD);
    assertThat(read(2, 300)).isEqualTo(RESET_UNDECLARED);
    assertThat(read(3, 700)).isEqualTo(ACCEPTED);

    assertThat(curve.slice(0, HOUR)).isEqualTo(new Slice(0, 0, 0, 0, 11_000_001, 0, 0, 0, HOUR));
    assertThat(curve.slice(0, HOUR / 2).unknownUpTo()).isEqualTo(5_500_000);
    assertThat(energy(0, 3)).isEqualTo(600);
    assertThat(curve.register().milliwattHours()).isEqualTo(700);
  }

  @Test
  void aDeclaredReplacementCountsBothRegisters() {
    assertThat(curve.declare(new Discontinuity(HOUR / 2, 5_400_000, 100)))
        .isEqualTo(RESET_DECLARED);
    read(0, 5_000_000);
    assertThat(read(1, 700)).isEqualTo(RESET_DECLARED);

    assertThat(energy(0, 1)).as("(5,400,000 − 5,000,000) + (700 − 100)").isEqualTo(400_600);
  }

  @Test
  void aDeclarationThatComesLaterMakesAnUndeclaredResetKnown() {
    read(0, 5_000_000);
    read(1, 100);
    read(2, 300);
    read(3, 700);
    curve.changesSeen();

    assertThat(curve.declare(new Discontinuity(HOUR, 5_400_000, 0))).isEqualTo(RESET_DECLARED);

    assertThat(energy(0, 1)).isEqualTo(400_100);
    assertThat(curve.slice(0, 3 * HOUR).worst()).isEqualTo(Quality.MEASURED);
    assertThat(curve.changedFrom()).isZero();
    assertThat(curve.changedTo()).as("where both agree again").isEqualTo(2 * HOUR);
  }

  @Test
  void aDeclarationPutsAHeldReadingOnTheCurveAtOnce() {
    read(0, 5_000_000);
    read(1, 100);
    curve.declare(new Discontinuity(HOUR, 5_400_000, 0));

    assertThat(curve.newestMillis()).hasValue(HOUR);
    assertThat(curve.heldMillis()).isEmpty();
    assertThat(energy(0, 1)).isEqualTo(400_100);
  }

  @Test
  void aDeclarationThatExplainsNothingChangesNothingAndCanBeTakenBack() {
    read(0, 5_000_000);
    read(1, 5_100_000);
    Discontinuity wrong = new Discontinuity(HOUR, 4_000_000, 0);
    curve.declare(wrong);

    assertThat(energy(0, 1)).isEqualTo(100_000);
    assertThat(curve.withdraw(wrong)).isTrue();
    assertThat(curve.withdraw(wrong)).isFalse();
    assertThat(energy(0, 1)).isEqualTo(100_000);
  }

  @Test
  void aRegisterThatPassesItsModulusGoesOn() {
    MeterCurve small = new MeterCurve(new Limits(10_000, 10, HOUR, OptionalLong.of(1_000_000)));
    small.add(0, 999_000, 1, METERED);

    assertThat(small.add(HOUR, 500, 1, METERED)).isEqualTo(ROLLOVER);
    assertThat(small.slice(0, HOUR).energy()).isEqualTo(1_500);
  }

  @Test
  void bridgesAGapByTheNextReading() {
    read(0, 0);
    Slice open = curve.slice(HOUR, 2 * HOUR);
    read(4, 4_000);

    assertThat(open).isEqualTo(new Slice(0, 0, 0, 0, 11_000_000, 0, 0, 0, HOUR));
    assertThat(curve.slice(HOUR, 2 * HOUR)).isEqualTo(new Slice(0, 1_000, 0, 0, 0, 0, HOUR, 0, 0));
  }

  @Test
  void putsALateReadingIntoItsPlaceAndSaysWhatItChanged() {
    read(0, 0);
    read(1, 100);
    read(3, 300);
    read(4, 400);
    curve.changesSeen();

    assertThat(read(2, 150)).isEqualTo(INSERTED);

    assertThat(energy(1, 2)).isEqualTo(50);
    assertThat(curve.slice(HOUR, 2 * HOUR).worst()).isEqualTo(Quality.MEASURED);
    assertThat(curve.changedFrom()).isEqualTo(HOUR);
    assertThat(curve.changedTo()).isEqualTo(3 * HOUR);
  }

  @Test
  void aLateReadingThatFitsNowhereChangesNothing() {
    read(0, 1_000);
    read(1, 1_100);
    read(3, 1_300);
    curve.changesSeen();

    assertThat(read(2, 7)).isEqualTo(HELD);
    assertThat(energy(1, 3)).isEqualTo(200);
    assertThat(curve.changedFrom()).isGreaterThan(curve.changedTo());
  }

  @Test
  void aLateReadingCanShowThatAResetWasNone() {
    read(0, 5_000);
    read(1, 4_000);
    read(2, 4_100);
    assertThat(curve.slice(0, HOUR).worst()).isEqualTo(Quality.MISSING);

    assertThat(curve.add(HOUR / 2, 3_990, 1, METERED))
        .as("confirmed by the next")
        .isEqualTo(INSERTED);
    assertThat(curve.slice(HOUR / 2, HOUR).energy()).isEqualTo(10);
    assertThat(curve.slice(0, HOUR).missingMillis()).isEqualTo(HOUR / 2);
  }

  @Test
  void theFirstOfTwoValuesForOneTimeStands() {
    read(0, 1);
    read(1, 10);
    read(2, 20);

    assertThat(read(1, 10)).isEqualTo(DUPLICATE);
    assertThat(read(1, 11)).isEqualTo(CONFLICT);
    assertThat(read(2, 21)).isEqualTo(CONFLICT);
    assertThat(energy(0, 1)).isEqualTo(9);
    assertThat(curve.declare(new Discontinuity(9, 1, 0))).isEqualTo(RESET_DECLARED);
    assertThat(curve.declare(new Discontinuity(9, 1, 0))).isEqualTo(DUPLICATE);
    assertThat(curve.declare(new Discontinuity(9, 2, 0))).isEqualTo(CONFLICT);
  }

  @Test
  void marksTheEnergyThatRestsOnAnImportedReading() {
    curve.add(0, 0, 1, IMPORTED);
    read(1, 100);
    read(2, 300);

    assertThat(curve.slice(0, 2 * HOUR)).isEqualTo(new Slice(300, 0, 0, 100, 0, 2 * HOUR, 0, 0, 0));
  }

  @Test
  void anEstimateFillsMissingTimeUntilAReadingBridgesIt() {
    read(0, 0);
    read(1, 100);
    Estimate estimate = new Estimate(HOUR, 3 * HOUR, 201, "as in the week before");
    assertThat(curve.estimate(estimate)).isEqualTo(ACCEPTED);
    assertThat(curve.estimate(estimate)).isEqualTo(DUPLICATE);
    assertThat(curve.estimate(new Estimate(2 * HOUR, 4 * HOUR, 1, "guess"))).isEqualTo(CONFLICT);
    assertThat(curve.estimate(new Estimate(0, 2 * HOUR, 1, "guess"))).isEqualTo(REDUNDANT);

    assertThat(curve.slice(HOUR, 2 * HOUR))
        .isEqualTo(new Slice(0, 0, 100, 0, 11_000_000, 0, 0, HOUR, 0));
    assertThat(energy(0, 3)).isEqualTo(301);
    assertThat(curve.slice(0, 3 * HOUR).worst()).isEqualTo(Quality.ESTIMATED);
    assertThat(curve.level(3 * HOUR)).as("the register's own").isEqualTo(100);
    curve.changesSeen();

    read(2, 180);

    assertThat(curve.slice(2 * HOUR, 3 * HOUR).worst()).as("void").isEqualTo(Quality.MISSING);
    assertThat(energy(1, 3)).isEqualTo(80);
    assertThat(curve.changedFrom()).isEqualTo(HOUR);
    assertThat(curve.changedTo()).isEqualTo(3 * HOUR);
    assertThat(curve.estimate(new Estimate(2 * HOUR, 3 * HOUR, 90, "rest"))).isEqualTo(ACCEPTED);
  }

  @Test
  void anEstimateFillsAnUndeclaredReset() {
    read(0, 5_000);
    read(1, 0);
    read(2, 10);

    assertThat(curve.estimate(new Estimate(0, HOUR, 70, "maintenance log"))).isEqualTo(ACCEPTED);
    assertThat(energy(0, 2)).isEqualTo(80);
    curve.declare(new Discontinuity(HOUR, 5_060, 0));
    assertThat(energy(0, 2)).as("known now: 60 + 10").isEqualTo(70);
  }
}
