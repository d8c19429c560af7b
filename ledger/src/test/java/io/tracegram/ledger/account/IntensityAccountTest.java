package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.Site.below;
import static io.tracegram.ledger.account.Site.in;
import static io.tracegram.ledger.account.Site.slot;
import static io.tracegram.ledger.account.Site.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.quantity.Co2e;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 1,000 Wh a quarter, priced slot by slot. */
class IntensityAccountTest {
  private static final Meter MAIN = source("grid", Meter.Role.GRID_IMPORT);
  private static final PlantModel.Grid NO_FACTOR =
      new PlantModel.Grid(
          Optional.empty(),
          PlantModel.Grid.DEFAULT_INTENSITY,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false);
  private static final String MISSING = "emission.factor-missing LB_HOURLY";

  @Test
  void pricesByTheSlotBesideTheYearsAverage() {
    Site site = new Site(MAIN);
    site.price(slot(0, 100, false), slot(15, 400, false));
    readThrough(site, 2);

    assertThat(site.co2e(0, Basis.LB_HOURLY)).isEqualTo(100_000_000);
    assertThat(site.co2e(15, Basis.LB_HOURLY)).isEqualTo(400_000_000);
    assertThat(site.co2e(15, Basis.LB_ANNUAL)).isEqualTo(200_000_000);
    assertThat(site.quarter(15).revision()).isEqualTo(Revision.FIRST);
  }

  @Test
  void restatesWhatWasClosedBeforeItsIntensityWasKnown() {
    Site site = new Site(NO_FACTOR, List.of(), MAIN);
    readThrough(site, 2);
    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(-1);
    assertThat(site.problems()).containsExactly("emission.factor-missing LB_ANNUAL");

    site.price(slot(0, 100, false), slot(15, 400, false));

    assertThat(site.co2e(0, Basis.LB_HOURLY)).isEqualTo(100_000_000);
    assertThat(site.quarter(15).headline()).isEqualTo(Basis.LB_HOURLY);
    assertThat(site.quarter(15).revision().number()).isEqualTo(1);
    assertThat(site.ledger.totals().total().co2e()).isEqualTo(new Co2e(500_000_000));
    assertThat(site.problems()).isEmpty();
  }

  @Test
  void aLaterPlantModelPricesWhatHadNoFactor() {
    Site site = new Site(NO_FACTOR, List.of(), MAIN);
    readThrough(site, 2);

    declare(site, "0.2");

    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(200_000_000);
    assertThat(site.quarter(0).revision().number()).isEqualTo(1);
    assertThat(site.problems()).isEmpty();
  }

  @Test
  void aLaterPlantModelNeverChangesWhatIsPosted() {
    Site site = new Site(MAIN);
    readThrough(site, 2);
    declare(site, "0.5");
    assertThat(site.quarter(0).revision()).isEqualTo(Revision.FIRST);

    site.price(slot(0, 100, false));

    assertThat(site.quarter(0).revision().number()).isEqualTo(1);
    assertThat(site.co2e(0, Basis.LB_HOURLY)).isEqualTo(100_000_000);
    assertThat(site.co2e(0, Basis.LB_ANNUAL))
        .as("by the factor of its time")
        .isEqualTo(200_000_000);
  }

  private static void declare(Site site, String factor) {
    PlantModel plant = Site.model(PlantModel.Grid.of(Site.factor(factor)), List.of(), MAIN);
    Document.stated(PlantModelCodec.encode(plant), Body.PlantModelDeclared::new)
        .forEach(site.plant::say);
    site.plant.settle();
  }

  @Test
  void knowsNothingOfAnAbsentSlotUntilItComes() {
    Site site = new Site(NO_FACTOR, List.of(), MAIN);
    site.price(slot(0, 100, false), slot(30, 300, false));
    readThrough(site, 3);

    assertThat(site.co2e(15, Basis.LB_HOURLY)).isEqualTo(-1);
    assertThat(site.ledger.totals().bases().get(Basis.LB_HOURLY))
        .isEqualTo(new Totals.OfBasis(new Co2e(400_000_000), 3, 1));
    assertThat(site.problems()).containsExactly(MISSING);

    site.price(slot(15, 50, false));

    assertThat(site.co2e(15, Basis.LB_HOURLY)).isEqualTo(50_000_000);
    assertThat(site.ledger.totals().bases().get(Basis.LB_HOURLY))
        .isEqualTo(new Totals.OfBasis(new Co2e(450_000_000), 3, 0));
    assertThat(site.problems()).isEmpty();
  }

  @Test
  void restatesAnEstimateByTheValueThatReplacesIt() {
    Site site = new Site(NO_FACTOR, List.of(), MAIN);
    site.price(slot(0, 100, true));
    readThrough(site, 1);
    assertThat(estimated(site)).isTrue();

    site.price(slot(0, 100, false));
    assertThat(estimated(site)).isFalse();
    assertThat(site.quarter(0).revision().number()).isEqualTo(1);

    site.price(slot(0, 100, false));
    assertThat(site.quarter(0).revision().number()).isEqualTo(1);
  }

  @Test
  void keepsALotWaitingUntilItsQuarterIsPriced() {
    Site site = new Site(NO_FACTOR, List.of(), MAIN, below("grid", "furnace"));
    LotId lot = LotId.ofLot(PlantFixture.SULPHATE, "P");
    site.read(0, in("grid", 0), in("furnace", 0));
    site.plant.scan(Site.at(0) + 1, "in", PlantFixture.HYDROXIDE, "A");
    site.plant.weigh(Site.at(0) + 2, 100);
    site.plant.scan(Site.at(0) + 3, "feed", PlantFixture.HYDROXIDE, "A");
    site.plant.weigh(Site.at(0) + 4, 100);
    site.plant.scan(Site.at(10), "out", PlantFixture.SULPHATE, "P");
    site.plant.weigh(Site.at(10) + 1, 90);
    assertThat(site.ledger.lot(lot).orElseThrow().priced()).isTrue();
    site.read(15, in("grid", 1_500), in("furnace", 900));
    assertThat(site.ledger.lot(lot).orElseThrow().account()).isEmpty();
    assertThat(site.ledger.lot(lot).orElseThrow().priced()).isFalse();
    assertThat(site.ledger.totals().priced()).isFalse();

    site.price(slot(0, 100, false));

    // the order ran from 4 ms to 10 min of 15: 600 Wh but for the first milliseconds
    LotAccount account = site.ledger.lot(lot).orElseThrow().account().orElseThrow();
    assertThat(account.own().energy().milliwattHours()).isBetween(599_900L, 600_000L);
    assertThat(account.detail().orElseThrow().direct().total(Basis.LB_HOURLY).micrograms())
        .isEqualTo(account.own().energy().milliwattHours() * 100);
    assertThat(account.inherited()).isEqualTo(new Co2e(200_000_000_000L));
    assertThat(site.ledger.lot(lot).orElseThrow().priced()).isTrue();
    assertThat(site.ledger.totals().priced()).isTrue();
    assertThat(site.ledger.outstanding()).isEmpty();
  }

  @Test
  void saysThatARunningOrderHasAnUnknownPart() {
    Site site = new Site(NO_FACTOR, List.of(), MAIN, below("grid", "furnace"));
    site.price(slot(0, 100, false));
    site.read(0, in("grid", 0), in("furnace", 0));
    site.plant.scan(Site.at(0) + 1, "in", PlantFixture.HYDROXIDE, "A");
    site.plant.weigh(Site.at(0) + 2, 100);
    site.plant.scan(Site.at(0) + 3, "feed", PlantFixture.HYDROXIDE, "A");
    site.plant.weigh(Site.at(0) + 4, 100);
    site.read(15, in("grid", 1_500), in("furnace", 900));
    assertThat(site.ledger.runningOrders().getFirst().priced()).isTrue();

    site.read(30, in("grid", 3_000), in("furnace", 1_800));
    assertThat(site.ledger.runningOrders().getFirst().priced()).isFalse();
    assertThat(site.ledger.runningOrders().getFirst().own().co2e().micrograms()).isPositive();

    site.price(slot(15, 100, false));
    assertThat(site.ledger.runningOrders().getFirst().priced()).isTrue();
  }

  @Test
  void refusesADocumentThatIsNone() {
    Site site = new Site(MAIN);
    site.price(slot(0, 100, false));
    site.say(new Body.FactorSetDeclared(new Document.Inline(Content.of(new byte[] {1, 2, 3}))));

    assertThat(site.problems()).containsExactly("emission.document-refused factor-set");
  }

  private static boolean estimated(Site site) {
    return site.quarter(0).postings().getFirst().price(Basis.LB_HOURLY).orElseThrow().estimated();
  }

  private static void readThrough(Site site, int quarters) {
    for (int i = 0; i <= quarters; i++) {
      site.read(i * 15L, in("grid", i * 1_000L));
    }
  }
}
