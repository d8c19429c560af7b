package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.Site.GRID;
import static io.tracegram.ledger.account.Site.below;
import static io.tracegram.ledger.account.Site.factor;
import static io.tracegram.ledger.account.Site.in;
import static io.tracegram.ledger.account.Site.out;
import static io.tracegram.ledger.account.Site.source;
import static io.tracegram.ledger.account.Site.supply;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Carrier;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quantity.Co2e;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes in, by source and carrier; each number can be checked by hand. */
class SourcesTest {
  private static final Meter MAIN = source("grid", Meter.Role.GRID_IMPORT);
  private static final Meter SUN = source("sun", Meter.Role.GENERATION);
  private static final Meter BATTERY = source("battery", Meter.Role.STORAGE);

  @Test
  void pricesWhatIsBoughtAndNothingOfOwnGeneration() {
    Site site = new Site(MAIN, SUN, below("grid", "press"));
    site.read(0, in("grid", 0), out("grid", 0), in("sun", 0), in("press", 0));
    site.read(15, in("grid", 600), out("grid", 0), in("sun", 400), in("press", 700));

    assertThat(amounts(site)).containsExactly(600_000L, 400_000L);
    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(600 * GRID);
    assertThat(site.quarter(0).residual().milliwattHours()).isEqualTo(300_000);
    assertThat(part(site, "press", Cell.OVERHEAD)).isEqualTo(700_000);
    conserves(site);
  }

  /** 1,000 Wh made, 300 sold, 100 bought: 700 + 100 were used, and the sale credits nothing. */
  @Test
  void takesAnExportFromOwnGenerationAndCreditsNothing() {
    Site site = new Site(MAIN, SUN);
    site.read(0, in("grid", 50), out("grid", 7), in("sun", 0));
    site.read(15, in("grid", 150), out("grid", 307), in("sun", 1_000));

    assertThat(amounts(site)).containsExactly(100_000L, 700_000L);
    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(100 * GRID);
    assertThat(site.quarter(0).supplied().milliwattHours()).isEqualTo(800_000);
    conserves(site);
  }

  /** 500 Wh bought and all sold on: the purchase is priced whole, and nobody here used it. */
  @Test
  void pricesWhatIsBoughtAndSoldOnWithoutAttributingIt() {
    Site site = new Site(MAIN, below("grid", "press"));
    site.read(0, in("grid", 0), out("grid", 0), in("press", 0));
    site.read(15, in("grid", 500), out("grid", 500), in("press", 0));

    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(500 * GRID);
    assertThat(part(site, Entry.SITE, Cell.UNATTRIBUTED)).isEqualTo(500_000);
    conserves(site);
  }

  @Test
  void survivesMoreSoldThanCameIn() {
    Site site = new Site(MAIN, SUN, BATTERY, below("grid", "press"));
    site.read(0, in("grid", 0), out("grid", 0), in("sun", 0), in("battery", 0), in("press", 0));
    site.read(
        15, in("grid", 5), out("grid", 900), in("sun", 100), in("battery", 40), in("press", 10));

    assertThat(site.quarter(0).marks()).contains(new Mark(Entry.SITE, Mark.Kind.NEGATIVE));
    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(5 * GRID);
    conserves(site);
  }

  /** Charging is posted when the power is bought; what is discharged later is free. */
  @Test
  void postsABatteryWhenItIsChargedAndNotAgainWhenItIsDischarged() {
    Site site = new Site(MAIN, BATTERY);
    site.read(0, in("grid", 0), in("battery", 0), out("battery", 0));
    site.read(15, in("grid", 1_000), in("battery", 400), out("battery", 0));
    site.read(30, in("grid", 1_000), in("battery", 400), out("battery", 300));

    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(1_000 * GRID);
    assertThat(part(site, "battery", Cell.OVERHEAD)).isEqualTo(400_000);
    assertThat(site.co2e(15, Basis.LB_ANNUAL)).isZero();
    assertThat(site.quarter(15).supplied().milliwattHours()).isEqualTo(300_000);
    conserves(site);
  }

  /** By market, 400 Wh whose certificates were sold take the residual mix of 0.7 kg/kWh. */
  @Test
  void countsGenerationWhoseCertificatesWereSoldAsPurchasedByMarketOnly() {
    PlantModel.Grid grid =
        new PlantModel.Grid(
            Optional.of(factor("0.2")),
            "grid",
            Optional.of(factor("0.7")),
            Optional.of(factor("0.05")),
            Optional.of(factor("0.04")),
            true);
    Site site = new Site(grid, List.of(), MAIN, SUN);
    site.read(0, in("grid", 0), in("sun", 0));
    site.read(15, in("grid", 600), in("sun", 400));

    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(600 * GRID);
    assertThat(site.co2e(0, Basis.MB_ANNUAL)).isEqualTo(1_000 * 700_000L);
    assertThat(site.co2e(0, Basis.PCF_LIFECYCLE)).isEqualTo(600 * 250_000L + 400 * 40_000L);
    conserves(site);
  }

  /** 10 kWh gross of gas, 2 kWh of heat; 0.01 kg of biogenic CO2 per kWh stands outside. */
  @Test
  void postsFuelInScopeOneHeatInScopeTwoAndBiogenicApart() {
    Carrier gas =
        new Carrier(
            "gas",
            "Gas",
            Carrier.Kind.FUEL,
            factor("0.18231", EmissionFactor.Unit.KWH_GROSS),
            Optional.empty(),
            Optional.of(factor("0.01", EmissionFactor.Unit.KWH_GROSS)));
    Carrier heat =
        new Carrier(
            "heat",
            "District heat",
            Carrier.Kind.HEAT,
            factor("0.17529"),
            Optional.empty(),
            Optional.empty());
    Site site =
        new Site(
            PlantModel.Grid.of(factor("0.2")),
            List.of(gas, heat),
            MAIN,
            supply("burner", "gas"),
            supply("station", "heat"));
    site.read(0, in("grid", 0), in("burner", 0), in("station", 0));
    site.read(15, in("grid", 1_000), in("burner", 10_000), in("station", 2_000));

    Posting fuel = posting(site, "burner");
    assertThat(fuel.scope()).isEqualTo(Scope.SCOPE_1);
    assertThat(fuel.price(Basis.LB_ANNUAL).orElseThrow().co2e()).contains(new Co2e(1_823_100_000L));
    assertThat(fuel.biogenic()).isEqualTo(new Co2e(100_000_000L));
    Posting warmth = posting(site, "station");
    assertThat(warmth.scope()).isEqualTo(Scope.SCOPE_2);
    assertThat(warmth.price(Basis.LB_ANNUAL).orElseThrow().co2e()).contains(new Co2e(350_580_000L));
    assertThat(site.quarter(0).supplied().milliwattHours()).isEqualTo(1_000_000);
    assertThat(site.co2e(0, Basis.LB_ANNUAL))
        .isEqualTo(200_000_000L + 1_823_100_000L + 350_580_000L);
    conserves(site);
  }

  private static void conserves(Site site) {
    assertThat(site.ledger.totals().conservationError()).isEqualTo(Co2e.ZERO);
    site.ledger
        .facilityIntervals(0, Long.MAX_VALUE)
        .forEach(
            interval ->
                assertThat(interval.entries().stream().mapToLong(Entry::amount).sum())
                    .isEqualTo(interval.postings().stream().mapToLong(Posting::amount).sum()));
  }

  private static Posting posting(Site site, String source) {
    return site.quarter(0).postings().stream()
        .filter(posting -> posting.source().equals(source))
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> amounts(Site site) {
    return site.quarter(0).postings().stream().map(Posting::amount).toList();
  }

  private static long part(Site site, String node, Cell cell) {
    return site.quarter(0).entries().stream()
        .filter(entry -> entry.node().equals(node) && entry.cell().equals(cell))
        .mapToLong(Entry::amount)
        .sum();
  }
}
