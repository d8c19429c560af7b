package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.Site.below;
import static io.tracegram.ledger.account.Site.in;
import static io.tracegram.ledger.account.Site.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.plant.PlantModel.Meter;
import org.junit.jupiter.api.Test;

/** A press that counted one hour, and then stands still while the grid meter goes on. */
class StillMetersTest {
  private static final String STILL = "energy.still press";
  private static final int DAY = 24 * 60;

  private final Site site =
      new Site(source("grid", Meter.Role.GRID_IMPORT), below("grid", "press"));

  @Test
  void aRegisterThatSticksForAWeekWhileThePlantUsesEnergyIsTold() {
    run(0, 7 * DAY, 1_000);
    assertThat(site.problems()).as("6 days 23 hours").doesNotContain(STILL);

    run(7 * DAY, 7 * DAY + 60, 1_000);
    assertThat(site.problems()).contains(STILL);
    assertThat(site.problems())
        .as("a week of nothing from its start")
        .doesNotContain("energy.still grid");
  }

  @Test
  void isClearedWhenItCountsAgain() {
    run(0, 8 * DAY, 1_000);
    assertThat(site.problems()).contains(STILL);

    long grid = energy(8 * DAY, 1_000) + 5_000;
    site.read(8 * DAY + 60, in("grid", grid), in("press", 2_000));

    assertThat(site.problems()).doesNotContain(STILL);
  }

  @Test
  void aPlantThatIsOffAndAMeterThatNeverCountedAreNot() {
    run(0, 60, 1_000);
    for (int minute = 120; minute <= 9 * DAY; minute += 60) {
      site.read(minute, in("grid", 1_000), in("press", 1_000));
    }
    assertThat(site.problems()).doesNotContain(STILL, "energy.still grid");
  }

  /** Reads every hour; the press counts 1,000 Wh in the first. */
  private void run(int from, int through, long wattHoursAnHour) {
    for (int minute = from; minute <= through; minute += 60) {
      site.read(
          minute,
          in("grid", energy(minute, wattHoursAnHour)),
          in("press", minute == 0 ? 0 : 1_000));
    }
  }

  private static long energy(int minute, long wattHoursAnHour) {
    return minute / 60 * wattHoursAnHour;
  }
}
