package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.Site.GRID;
import static io.tracegram.ledger.account.Site.at;
import static io.tracegram.ledger.account.Site.below;
import static io.tracegram.ledger.account.Site.factor;
import static io.tracegram.ledger.account.Site.in;
import static io.tracegram.ledger.account.Site.out;
import static io.tracegram.ledger.account.Site.source;
import static io.tracegram.ledger.account.Site.supply;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.EmissionFactor.Unit;
import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.HeatAndPower;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.plant.Cogeneration;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Carrier;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.verification.LogReplay;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * An engine burns gas at 0.2 kg/kWh and gives heat and power; each number can be checked by hand.
 *
 * <p>10,000 Wh of gas are 2 kg. 4,000 Wh of heat stand for 5,000 Wh burned by a boiler of 0.80,
 * 3,500 Wh of power for 10,000 Wh burned by a power plant of 0.35: a third is heat, two thirds are
 * power.
 */
class CogenerationTest {
  private static final long THIRD = 666_666_667;
  private static final long TWO_THIRDS = 1_333_333_333;
  private static final String SPLIT = "factor 1 by efficiency-350-800 of engine-gas";

  private static final Carrier GAS =
      new Carrier(
          "gas",
          "Gas",
          Carrier.Kind.FUEL,
          factor("0.2", Unit.KWH_GROSS),
          Optional.of(factor("0.1", Unit.KWH_GROSS)),
          Optional.of(factor("0.02", Unit.KWH_GROSS)));
  private static final Carrier HEAT =
      new Carrier(
          "heat", "Heat", Carrier.Kind.HEAT, factor("0.17"), Optional.empty(), Optional.empty());
  private static final Meter[] METERS = {
    source("grid", Meter.Role.GRID_IMPORT),
    source("engine", Meter.Role.GENERATION),
    supply("engine-gas", "gas"),
    supply("engine-heat", "heat"),
    supply("gas-main", "gas"),
    below("grid", "press"),
    below("engine-heat", "dryer", "heat"),
    below("gas-main", "oven", "gas")
  };
  private static final PlantModel.Grid PRICED = PlantModel.Grid.of(factor("0.2"));

  @Test
  void heatUsersCarryTheHeatPartAndPowerUsersThePowerPart() {
    Site site = site(PRICED);
    site.read(
        15,
        in("grid", 6_500),
        in("engine", 3_500),
        in("engine-gas", 10_000),
        in("engine-heat", 4_000),
        in("gas-main", 5_000),
        in("press", 5_000),
        in("dryer", 3_000),
        in("oven", 5_000));

    assertThat(co2e(site, "engine-heat")).isEqualTo(THIRD);
    assertThat(co2e(site, "engine")).isEqualTo(TWO_THIRDS);
    assertThat(co2e(site, "engine-gas")).isZero();
    assertThat(site.co2e(0, Basis.LB_ANNUAL))
        .as("6.5 kWh of the grid, 10 and 5 kWh of gas")
        .isEqualTo(6_500 * GRID + 2_000_000_000L + 1_000_000_000L);
    assertThat(part(site, "dryer")).as("3 of 4 kWh of heat").isEqualTo(500_000_000L);
    assertThat(part(site, "oven")).as("gas of the main alone").isEqualTo(1_000_000_000L);
    assertThat(part(site, "press"))
        .as("5 of 10 kWh of the grid's 1.3 kg and the engine's 1.333333333 kg")
        .isEqualTo(650_000_000L + 666_666_667L);
    for (String carrying : List.of("engine-heat", "engine", "engine-gas")) {
      assertThat(posting(site, carrying).scope()).isEqualTo(Scope.SCOPE_1);
      assertThat(price(site, carrying, Basis.LB_ANNUAL).factor()).isEqualTo(SPLIT);
    }
    conserves(site);
  }

  /** 1,400 of 3,500 Wh are sold: 40 % of the power's part, and no user here carries it. */
  @Test
  void nobodyHereCarriesPowerThatWasExported() {
    Site site = site(PRICED);
    site.read(
        15,
        in("grid", 1_000),
        out("grid", 1_400),
        in("engine", 3_500),
        in("engine-gas", 10_000),
        in("engine-heat", 4_000),
        in("gas-main", 0),
        in("press", 0),
        in("dryer", 0),
        in("oven", 0));

    assertThat(co2e(site, "engine-heat")).isEqualTo(THIRD);
    assertThat(co2e(site, "engine")).isEqualTo(800_000_000L);
    assertThat(co2e(site, "engine-gas")).isEqualTo(533_333_333L);
    assertThat(unattributed(site)).isEqualTo(533_333_333L);
    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(1_000 * GRID + 2_000_000_000L);
    conserves(site);
  }

  @Test
  void fuelThatGaveNothingIsUnattributedAndNotLost() {
    Site site = site(PRICED);
    site.read(
        15, in("grid", 0), in("engine-gas", 10_000), in("gas-main", 5_000), in("oven", 5_000));
    site.read(15, in("engine", 0), in("engine-heat", 0), in("press", 0), in("dryer", 0));

    assertThat(co2e(site, "engine-gas")).isEqualTo(2_000_000_000L);
    assertThat(unattributed(site)).isEqualTo(2_000_000_000L);
    assertThat(part(site, "oven")).isEqualTo(1_000_000_000L);
    assertThat(price(site, "engine-gas", Basis.LB_ANNUAL).factor())
        .isEqualTo("factor 1, not split: neither heat nor power");
    conserves(site);
  }

  @Test
  void splitsNothingByAMeterThatWasNotRead() {
    Site site = site(PRICED);
    fails(site, "engine-heat");
    readAll(site, 15, "engine-heat");

    assertThat(co2e(site, "engine")).isZero();
    assertThat(co2e(site, "engine-gas")).isEqualTo(2_000_000_000L);
    assertThat(unattributed(site)).isEqualTo(2_000_000_000L);
    assertThat(site.quarter(0).marks()).contains(new Mark(Entry.SITE, Mark.Kind.METER_MISSING));

    readAll(site, 30, "");
    assertThat(site.quarter(0).revision().number()).isEqualTo(1);
    assertThat(co2e(site, "engine-gas")).as("the gap is bridged").isZero();
    conserves(site);
  }

  @Test
  void fuelThatWasNotReadIsUnknownUntilAReadingBridgesIt() {
    Site site = site(PRICED);
    fails(site, "engine-gas");
    readAll(site, 15, "engine-gas");

    assertThat(site.co2e(0, Basis.LB_ANNUAL)).as("unknown").isEqualTo(-1);
    assertThat(price(site, "engine", Basis.LB_ANNUAL))
        .isEqualTo(new Price(Basis.LB_ANNUAL, Optional.empty(), "no reading of engine-gas", false));
    assertThat(site.problems())
        .contains("emission.fuel-missing engine-gas")
        .doesNotContain("emission.factor-missing LB_ANNUAL");

    readAll(site, 30, "");
    assertThat(site.co2e(0, Basis.LB_ANNUAL)).isEqualTo(6_500 * GRID + 2_000_000_000L);
    assertThat(site.problems()).doesNotContain("emission.fuel-missing engine-gas");
    conserves(site);
  }

  /** Upstream 0.1 kg/kWh is split as the fuel is; 0.02 kg/kWh of biogenic CO2 too, and apart. */
  @Test
  void splitsUpstreamAndBiogenicAsTheFuelAndBuysTheClaimThatWasSold() {
    Site site =
        site(
            new PlantModel.Grid(
                Optional.of(factor("0.2")),
                PlantModel.Grid.DEFAULT_INTENSITY,
                Optional.of(factor("0.7")),
                Optional.of(factor("0.05")),
                Optional.empty(),
                true));
    readAll(site, 15, "");

    assertThat(price(site, "engine-heat", Basis.PCF_LIFECYCLE).co2e())
        .contains(new Co2e(1_000_000_000L));
    assertThat(price(site, "engine", Basis.PCF_LIFECYCLE).co2e())
        .contains(new Co2e(2_000_000_000L));
    assertThat(posting(site, "engine-heat").biogenic()).isEqualTo(new Co2e(66_666_667L));
    assertThat(posting(site, "engine").biogenic()).isEqualTo(new Co2e(133_333_333L));
    assertThat(price(site, "engine", Basis.MB_ANNUAL).co2e())
        .as("what burned here, and 3.5 kWh of the residual mix")
        .contains(new Co2e(TWO_THIRDS + 3_500 * 700_000L));
    assertThat(price(site, "engine", Basis.MB_ANNUAL).factor()).isEqualTo(SPLIT + " + factor 1");
    assertThat(price(site, "engine", Basis.LB_ANNUAL).co2e()).contains(new Co2e(TWO_THIRDS));
    conserves(site);
  }

  /** A contract covers 5 of 6.5 + 3.5 kWh; 5 are left to the residual mix of 0.7 kg/kWh. */
  @Test
  void aClosedMonthKeepsWhatBurnedHereBesideTheClaimsThatWereBought() {
    Site site =
        site(
            new PlantModel.Grid(
                Optional.of(factor("0.2")),
                PlantModel.Grid.DEFAULT_INTENSITY,
                Optional.of(factor("0.7")),
                Optional.empty(),
                Optional.empty(),
                true));
    Document.stated(
            FactorDocumentCodec.encode(Portfolios.of("1", Portfolios.contract("ppa", 5))),
            Body.FactorSetDeclared::new)
        .forEach(site::say);
    readAll(site, 15, "");
    site.say(new Body.PeriodClose(at(0), at(15)));

    PeriodAccount month = site.ledger.periods().getFirst().account();
    assertThat(month.co2e(Basis.MB_ANNUAL)).contains(new Co2e(5_000 * 700_000L + 2_000_000_000L));
    assertThat(month.co2e(Basis.LB_ANNUAL)).contains(new Co2e(6_500 * GRID + 2_000_000_000L));
    assertThat(month.postings())
        .filteredOn(posting -> posting.source().equals("engine"))
        .extracting(posting -> posting.price(Basis.MB_ANNUAL).orElseThrow())
        .containsExactly(
            new Price(
                Basis.MB_ANNUAL,
                Optional.of(new Co2e(TWO_THIRDS + 35 * 35_000_000L)),
                SPLIT + " + held 1",
                false));
  }

  @Test
  void aBasisThatComesLaterIsSplitToo() {
    Site site = site(PRICED);
    readAll(site, 15, "");
    site.price(Site.slot(0, 300, false));
    readAll(site, 30, "");

    assertThat(site.quarter(0).revision().number()).isEqualTo(1);
    assertThat(price(site, "engine-heat", Basis.LB_HOURLY).co2e()).contains(new Co2e(THIRD));
    assertThat(price(site, "engine", Basis.LB_HOURLY).co2e()).contains(new Co2e(TWO_THIRDS));
    assertThat(site.co2e(0, Basis.LB_HOURLY)).isEqualTo(6_500 * 300_000L + 2_000_000_000L);
    conserves(site);
  }

  /** A unit measured against better plants: 4,000/0.9 : 3,500/0.55. */
  @Test
  void namesTheEfficienciesItWasGiven() {
    Site site = site(PRICED, HeatAndPower.of(550, 900));
    readAll(site, 15, "");

    assertThat(price(site, "engine", Basis.LB_ANNUAL).factor())
        .isEqualTo("factor 1 by efficiency-550-900 of engine-gas");
    assertThat(co2e(site, "engine-heat")).isEqualTo(822_429_907L);
    assertThat(co2e(site, "engine")).isEqualTo(1_177_570_093L);
  }

  @Test
  void aRestartAndAnAuditorGiveTheSameBytes() {
    Site site = site(PRICED);
    fails(site, "engine-gas");
    readAll(site, 15, "engine-gas");
    readAll(site, 30, "");
    readAll(site, 45, "");

    FacilityLedger restarted = new FacilityLedger();
    LogReplay auditor = new LogReplay(Optional.of(site.plant.gatewayKey.publicKey()));
    for (int index = 0; index < site.plant.leaves.size(); index++) {
      restarted.apply(index, Leaf.parse(site.plant.leaves.get(index)));
      restarted = FacilityLedger.restore(restarted.snapshot());
      assertThat(auditor.next(site.plant.leaves.get(index))).isEmpty();
    }

    assertThat(restarted.snapshot()).isEqualTo(site.ledger.snapshot());
    assertThat(restarted.derivedMismatches()).isZero();
    assertThat(restarted.outstanding()).isEmpty();
  }

  private static Site site(PlantModel.Grid grid) {
    return site(grid, HeatAndPower.DEFAULT);
  }

  private static Site site(PlantModel.Grid grid, HeatAndPower method) {
    Site site = new Site(plant(grid, method));
    site.read(0, shown(0, ""));
    return site;
  }

  static PlantModel plant(PlantModel.Grid grid, HeatAndPower method) {
    return Site.model(
        grid,
        List.of(GAS, HEAT),
        List.of(new Cogeneration("chp", "engine-gas", "engine-heat", "engine", method)),
        METERS);
  }

  /** All registers after some quarters: 6.5 kWh of the grid, and the engine's quarter, in each. */
  private static void readAll(Site site, long minutes, String but) {
    site.read(minutes, shown(minutes / 15, but));
  }

  private static Site.Shown[] shown(long quarters, String but) {
    return List.of(
            in("grid", 6_500 * quarters),
            out("grid", 0),
            in("engine", 3_500 * quarters),
            in("engine-gas", 10_000 * quarters),
            in("engine-heat", 4_000 * quarters),
            in("gas-main", 0),
            in("press", 0),
            in("dryer", 0),
            in("oven", 0))
        .stream()
        .filter(shown -> !shown.meter().equals(but))
        .toArray(Site.Shown[]::new);
  }

  private static void fails(Site site, String meter) {
    site.plant.tell(
        at(1),
        new Body.DeviceStatus(
            meter, Body.DeviceStatus.State.BAD, "modbus.timeout", "no answer", at(1), 1));
  }

  private static Posting posting(Site site, String source) {
    return site.quarter(0).postings().stream()
        .filter(posting -> posting.source().equals(source))
        .findFirst()
        .orElseThrow();
  }

  private static Price price(Site site, String source, Basis basis) {
    return posting(site, source).price(basis).orElseThrow();
  }

  private static long co2e(Site site, String source) {
    return price(site, source, Basis.LB_ANNUAL).co2e().orElseThrow().micrograms();
  }

  private static long part(Site site, String node) {
    FacilityInterval interval = site.quarter(0);
    long[] parts = interval.parts(Basis.LB_ANNUAL);
    long sum = 0;
    for (int i = 0; i < parts.length; i++) {
      sum += interval.entries().get(i).node().equals(node) ? parts[i] : 0;
    }
    return sum;
  }

  private static long unattributed(Site site) {
    return site.quarter(0).summary().unattributed().co2e().micrograms();
  }

  private static void conserves(Site site) {
    assertThat(site.ledger.totals().conservationError()).isEqualTo(Co2e.ZERO);
  }
}
