package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.Site.in;
import static io.tracegram.ledger.account.Site.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.plant.PlantModel.Meter;
import org.junit.jupiter.api.Test;

/** A grid meter that is read every five minutes, but for some hours of a day. */
class EstimatedDaysTest {
  private static final String SHARE = "energy.estimated-share site";
  private static final int DAY = 24 * 60;

  private final Site site = new Site(source("grid", Meter.Role.GRID_IMPORT));

  /** 2 of 24 hours at the same power are 8.333 %, 3 are 12.5 %. */
  @Test
  void moreThanATenthOfADayIsTold() {
    read(0, DAY, 120);
    assertThat(site.problems()).doesNotContain(SHARE);

    read(DAY, 2 * DAY, 180);
    assertThat(site.problems()).contains(SHARE);
    assertThat(site.ledger.problems())
        .anySatisfy(problem -> assertThat(problem.reason()).startsWith("12.5 % of a day's"));
  }

  @Test
  void isClearedByABetterDay() {
    read(0, DAY, 180);
    assertThat(site.problems()).contains(SHARE);

    read(DAY, 2 * DAY, 0);
    assertThat(site.problems()).doesNotContain(SHARE);
  }

  /** The first {@code silent} minutes after the first reading have no reading. */
  private void read(int from, int to, int silent) {
    for (int minute = from; minute <= to; minute += 5) {
      if (minute == from || minute >= from + silent) {
        site.read(minute, in("grid", minute * 10L));
      }
    }
  }
}
