package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.Site.GRID;
import static io.tracegram.ledger.account.Site.at;
import static io.tracegram.ledger.account.Site.below;
import static io.tracegram.ledger.account.Site.imported;
import static io.tracegram.ledger.account.Site.in;
import static io.tracegram.ledger.account.Site.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.verification.LogReplay;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** History that comes from files, before, beside and behind what agents read. */
class HistoryTest {
  private static final Meter MAIN = source("grid", Meter.Role.GRID_IMPORT);
  private static final long DAY = 24 * 60;

  @Test
  void accountsAPlantThatHasFilesOnly() {
    Site site = new Site(imported(MAIN), imported(below("grid", "press")));
    site.importFile(0, in("grid", 0), in("press", 0));
    site.importFile(15, in("grid", 1_000), in("press", 600));
    site.importFile(30, in("grid", 3_000), in("press", 700));

    assertThat(site.ledger.totals().total().energy().milliwattHours()).isEqualTo(3_000_000);
    assertThat(site.ledger.totals().residual().milliwattHours()).isEqualTo(2_300_000);
    assertThat(site.co2e(15, Basis.LB_ANNUAL)).isEqualTo(2_000 * GRID);
    assertThat(site.quarter(15).meters().getFirst().slice().imported()).isEqualTo(2_000_000);
  }

  @Test
  void accountsHistoryThatIsOlderThanWhatIsClosed() {
    Site site = new Site(MAIN);
    site.read(80 * DAY, in("grid", 0));
    site.read(80 * DAY + 15, in("grid", 500));
    site.importFile(0, in("grid", 0));
    site.importFile(15, in("grid", 1_000));
    site.importFile(30, in("grid", 3_000));
    site.read(80 * DAY + 30, in("grid", 700));

    assertThat(site.quarter(0).supplied().milliwattHours()).isEqualTo(1_000_000);
    assertThat(site.quarter(15).supplied().milliwattHours()).isEqualTo(2_000_000);
    assertThat(site.quarter(80 * DAY).supplied().milliwattHours()).isEqualTo(500_000);
    assertThat(site.quarter(80 * DAY).revision()).isEqualTo(Revision.FIRST);
    assertThat(site.ledger.totals().conservationError().micrograms()).isZero();
    assertThat(findings(site)).isEmpty();
  }

  /** While history waits to be accounted, midnights pass and must not forget it. */
  @Test
  void losesNoHistoryWhenMidnightPassesBeforeItIsAccounted() {
    Site site = new Site(MAIN);
    site.read(80 * DAY, in("grid", 50_000));
    site.read(81 * DAY, in("grid", 50_000));
    site.plant.say(
        new Body.Imported(
            Hash.ZERO,
            "ann",
            IntStream.rangeClosed(0, 40)
                .mapToObj(i -> in("grid", i * 1_000L).at(at(i * 360L)))
                .toList()));
    for (long day = 82; day <= 90; day++) {
      site.plant.log(
          new Body.Readings(List.of(in("grid", 50_000).at(at(day * DAY)))), at(day * DAY));
      site.plant.say(new Body.IntervalClose(site.ledger.closable().orElseThrow()));
    }
    site.plant.settle();

    assertThat(
            site.ledger.facilityIntervals(at(0), at(40 * 360)).stream()
                .mapToLong(interval -> interval.supplied().milliwattHours())
                .sum())
        .isEqualTo(40_000_000);
  }

  @Test
  void refusesClosesThatAreCrookedBackwardOrTooEarly() {
    Site site = new Site(MAIN);
    site.read(0, in("grid", 0));
    site.read(31, in("grid", 500));
    long closed = site.ledger.closedThroughMillis().orElseThrow();
    assertThat(closed).isEqualTo(at(30));
    for (long through : new long[] {closed + 1, at(15), at(45), at(600)}) {
      site.say(new Body.IntervalClose(through));
    }

    assertThat(site.ledger.closedThroughMillis()).hasValue(closed);
    assertThat(site.ledger.totals().intervals()).isEqualTo(2);
    assertThat(site.ledger.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("account.close-refused");
              assertThat(problem.count()).isEqualTo(4);
            });
  }

  private static Optional<?> findings(Site site) {
    LogReplay replay = new LogReplay(Optional.of(site.plant.gatewayKey.publicKey()));
    return site.plant.leaves.stream().map(replay::next).flatMap(Optional::stream).findFirst();
  }
}
