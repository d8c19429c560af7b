package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.Site.GRID;
import static io.tracegram.ledger.account.Site.at;
import static io.tracegram.ledger.account.Site.in;
import static io.tracegram.ledger.account.Site.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Body.ManualEntry.Entry;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Carrier;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.plant.PlantModelCodec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a closed quarter becomes when readings or people say otherwise. */
class RestatementTest {
  private static final Meter MAIN = source("grid", Meter.Role.GRID_IMPORT);
  private static final long DAY = 24 * 60;

  @Test
  void countsAcrossTheDeclaredEndOfARegister() {
    Site site = new Site(Site.startingAgainAt(100_000, MAIN));
    site.read(0, in("grid", 99_900));
    site.read(15, in("grid", 200));

    assertThat(energy(site, 0)).isEqualTo(300_000);
    assertThat(site.problems()).containsExactly("energy.rollover grid");
  }

  @Test
  void leavesASpuriousReadingOutWithoutLosingEnergy() {
    Site site = new Site(MAIN);
    site.read(0, in("grid", 1_000));
    site.read(7, in("grid", 3));
    site.read(15, in("grid", 1_500));

    assertThat(energy(site, 0)).isEqualTo(500_000);
    assertThat(site.problems()).contains("energy.spurious grid");
  }

  /** 10 kW are shown at both ends of a quarter of an hour in which the register counts 1 kWh. */
  @Test
  void powerIsShownAndNeverIntegrated() {
    Site site = new Site(MAIN);
    site.read(0, in("grid", 0), new Site.Shown("grid", Register.POWER, 10_000));
    site.read(15, in("grid", 1_000), new Site.Shown("grid", Register.POWER, 10_000));

    assertThat(energy(site, 0)).isEqualTo(1_000_000);
  }

  /** 1 MW for 5 minutes is 83 kWh; a jump of 9 GWh is held until the next reading decides. */
  @Test
  void holdsAJumpThatTheMeterCannotMake() {
    Site site = new Site(MAIN);
    site.read(0, in("grid", 1_000));
    site.read(5, in("grid", 9_000_000_000L));
    assertThat(site.problems()).containsExactly("energy.held grid");
    site.read(15, in("grid", 2_000));

    assertThat(energy(site, 0)).isEqualTo(1_000_000);
    assertThat(site.ledger.totals().total().energy().milliwattHours()).isEqualTo(1_000_000);
  }

  /** 400 kW on a meter that is declared for 1 kW by mistake, until the plant is declared anew. */
  @Test
  void takesAMetersLimitsFromTheNewestPlant() {
    Site site = new Site(ofWatts(1_000));
    site.read(0, in("grid", 0));
    site.read(15, in("grid", 100_000));
    assertThat(site.problems()).containsExactly("energy.held grid");

    Document.stated(
            PlantModelCodec.encode(
                Site.model(PlantModel.Grid.of(Site.factor("0.2")), List.of(), ofWatts(1_000_000))),
            Body.PlantModelDeclared::new)
        .forEach(site::say);
    site.read(30, in("grid", 200_000));

    assertThat(site.ledger.totals().total().energy().milliwattHours()).isEqualTo(200_000_000);
  }

  private static Meter ofWatts(long watts) {
    return new Meter(
        "grid",
        "grid",
        Optional.empty(),
        Meter.Role.GRID_IMPORT,
        Optional.empty(),
        "profile",
        "",
        "1",
        watts);
  }

  /** An hour's gap, a straight line at first: 4 × 1,000 Wh; the late reading has 2,500 at 15. */
  @Test
  void restatesAnHourByAReadingThatComesThirtyDaysLate() {
    Site site = new Site(MAIN);
    site.read(0, in("grid", 0));
    site.read(60, in("grid", 4_000));
    for (long day = 1; day <= 30; day++) {
      site.read(day * DAY, in("grid", 4_000));
    }
    assertThat(energy(site, 0)).isEqualTo(1_000_000);
    long before = site.ledger.totals().total().co2e().micrograms();

    site.readLate(30 * DAY + 1, 15, in("grid", 2_500));

    assertThat(energy(site, 0)).isEqualTo(2_500_000);
    assertThat(energy(site, 15)).isEqualTo(500_000);
    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(2_500 * GRID);
    assertThat(site.quarter(0).revision().number()).isEqualTo(1);
    assertThat(site.quarter(60).revision()).isEqualTo(Revision.FIRST);
    assertThat(site.ledger.totals().total().co2e().micrograms()).isEqualTo(before);
  }

  /** Another meter's old readings do not wipe out figures whose readings are no longer kept. */
  @Test
  void keepsFiguresOlderThanItsReadingsWhenAnotherMetersHistoryComes() {
    Site site = new Site(MAIN, Site.imported(Site.below("grid", "press")));
    site.read(0, in("grid", 0));
    site.read(15, in("grid", 1_000));
    for (long day = 1; day <= 70; day++) {
      site.read(day * DAY, in("grid", 1_000));
    }
    site.importFile(0, in("press", 0));
    site.importFile(15, in("press", 700));
    site.read(70 * DAY + 15, in("grid", 1_000));

    assertThat(energy(site, 0)).isEqualTo(1_000_000);
    assertThat(site.ledger.totals().total().energy().milliwattHours()).isEqualTo(1_000_000);
  }

  /** 900 → 1,000 | exchanged | 0 → 50: 150 Wh, spread over the 15 minutes between the readings. */
  @Test
  void countsAnExchangedMeterOnceTwoPersonsSaySo() {
    Site site = new Site(MAIN);
    site.read(0, in("grid", 0));
    site.read(15, in("grid", 900));
    site.read(30, in("grid", 50));
    site.read(45, in("grid", 100));
    assertThat(site.quarter(15).postings().getFirst().amount()).isZero();
    assertThat(site.quarter(15).marks()).isNotEmpty();
    Entry exchange = new Entry.Discontinuity("grid", at(20), 1_000_000, 0);

    site.enter(exchange, "ann", "ann");
    assertThat(site.problems()).contains("entry.refused entry " + (site.plant.leaves.size() - 2));
    assertThat(energy(site, 15)).isZero();

    site.say(new Body.Approval("bob", site.plant.leaves.size() - 2));
    assertThat(energy(site, 15)).isEqualTo(150_000);
    assertThat(site.quarter(15).marks()).isEmpty();
    assertThat(site.quarter(15).revision().number()).isEqualTo(1);
  }

  @Test
  void refusesAnApprovalOfNothingAndOfAnUnknownMeter() {
    Site site = new Site(MAIN);
    site.read(0, in("grid", 0));
    site.say(new Body.Approval("bob", 77));
    site.enter(new Entry.Discontinuity("gird", at(20), 1, 0), "ann", "bob");

    assertThat(site.problems())
        .contains("entry.refused entry 77")
        .contains("entry.refused entry " + (site.plant.leaves.size() - 2));
  }

  @Test
  void saysWhichEntryGivesWayWhenTooManyWait() {
    Site site = new Site(MAIN);
    site.read(0, in("grid", 0));
    site.read(15, in("grid", 900));
    site.read(30, in("grid", 50));
    site.read(45, in("grid", 100));
    Entry exchange = new Entry.Discontinuity("grid", at(20), 1_000_000, 0);
    long first = site.plant.leaves.size();
    for (int entry = 0; entry < 1_000; entry++) {
      site.say(new Body.ManualEntry("ann", "exchanged", exchange));
    }
    assertThat(site.problems()).doesNotContain("entry.given-up entries");

    site.say(new Body.ManualEntry("ann", "exchanged", exchange));
    LedgerProblem told =
        site.ledger.problems().stream()
            .filter(problem -> problem.code().equals("entry.given-up"))
            .findFirst()
            .orElseThrow();
    assertThat(told.reason()).contains("1000 entries wait", "of leaf " + first + " gave way");

    site.say(new Body.Approval("bob", first));
    assertThat(site.problems()).contains("entry.refused entry " + first);
    site.say(new Body.Approval("bob", first + 1_000));
    assertThat(site.problems()).doesNotContain("entry.refused entry " + (first + 1_000));
    assertThat(energy(site, 15)).isEqualTo(150_000);
  }

  /** 20 litres at 2.5 kg over two quarters, entered when both were closed: 25 kg each. */
  @Test
  void spreadsAFuelLogsAmountOverItsTime() {
    Carrier diesel =
        new Carrier(
            "diesel",
            "Diesel",
            Carrier.Kind.FUEL,
            Site.factor("2.5", EmissionFactor.Unit.LITRE),
            Optional.empty(),
            Optional.empty());
    Site site =
        new Site(
            PlantModel.Grid.of(Site.factor("0.2")),
            List.of(diesel),
            MAIN,
            Site.imported(Site.supply("tank", "diesel")));
    site.read(0, in("grid", 0));
    site.read(30, in("grid", 2_000));
    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(1_000 * GRID);

    site.enter(new Entry.Amount("tank", at(0), at(30), 20_000_000, "delivery note"), "ann", "bob");

    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(1_000 * GRID + 25_000_000_000L);
    assertThat(site.co2e(15, Basis.LB_ANNUAL)).isEqualTo(1_000 * GRID + 25_000_000_000L);
    MeterSlice tank =
        site.quarter(0).meters().stream()
            .filter(meter -> meter.meter().equals("tank"))
            .findFirst()
            .orElseThrow();
    assertThat(tank.slice().estimated()).isEqualTo(10_000_000);
  }

  /** 2.5 kg R410A of GWP 1,924 in two quarters that nobody reads a meter in: 4,810 kg, scope 1. */
  @Test
  void takesARefrigerantTopUpAsEscaped() {
    Carrier refrigerant =
        new Carrier(
            "r410a",
            "R410A",
            Carrier.Kind.REFRIGERANT,
            Site.factor("1924", EmissionFactor.Unit.KG),
            Optional.empty(),
            Optional.empty());
    Site site =
        new Site(
            PlantModel.Grid.of(Site.factor("0.2")),
            List.of(refrigerant),
            MAIN,
            Site.imported(Site.supply("chiller", "r410a")));
    site.read(0, in("grid", 0));
    site.read(30, in("grid", 2_000));

    site.enter(new Entry.Amount("chiller", at(0), at(30), 2_500_000, "top-up"), "ann", "bob");

    assertThat(site.co2e(0, Basis.LB_ANNUAL) + site.co2e(15, Basis.LB_ANNUAL))
        .isEqualTo(2_000 * GRID + 4_810_000_000_000L);
    assertThat(
            site.quarter(0).postings().stream()
                .filter(posting -> posting.source().equals("chiller"))
                .map(Posting::scope))
        .containsExactly(Scope.SCOPE_1);
  }

  private static long energy(Site site, long minutes) {
    return site.quarter(minutes).supplied().milliwattHours();
  }
}
