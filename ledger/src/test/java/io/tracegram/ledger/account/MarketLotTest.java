package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.Instrument;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.lot.Absorbed;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Component;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The market-based figures of lots: provisional at first, settled with their month. */
class MarketLotTest {
  private static final long MINUTE = 60_000;
  private static final LotId P = LotId.ofLot(SULPHATE, "P");
  private static final LotId Q = LotId.ofLot(SULPHATE, "Q");

  private PlantFixture plant = new PlantFixture(withResidualMix());

  @AfterEach
  void aReplayGivesTheSameBytes() {
    plant.assertReplaysToTheSameBytes();
  }

  /** 3 kWh at 0.2 kg by the place; at the residual mix of 0.7 kg until the month is closed. */
  @Test
  void countsTheResidualMixUntilTheMonthTellsWhatInstrumentsCover() {
    hold(Portfolios.contract("ppa", 1));
    work();

    Burden provisional = carried(P);
    assertThat(provisional.total(Basis.LB_ANNUAL)).isEqualTo(new Co2e(600_000_000));
    assertThat(provisional.total(Basis.MB_ANNUAL)).isEqualTo(new Co2e(2_100_000_000));
    assertThat(provisional.knows(Component.SCOPE_2_MARKET_HOURLY)).isFalse();

    plant.say(new Body.PeriodClose(START, START + QUARTER));
    long closed = plant.leaves.size() - 1L;
    plant.settle();

    assertThat(carried(P).total(Basis.LB_ANNUAL)).isEqualTo(new Co2e(600_000_000));
    assertThat(carried(P).total(Basis.MB_ANNUAL))
        .as("1 of 3 kWh is the contract's")
        .isEqualTo(new Co2e(1_400_000_000));
    assertThat(detail(P).revision().number()).isEqualTo(1);
    assertThat(detail(P).revision().cause()).isEqualTo(closed);
  }

  /** 2 of 3 kWh are covered in the hour, of 1 + 2 by volume all. */
  @Test
  void carriesWhatIsMatchedByTheHourBesideWhatIsMatchedByVolume() {
    long hour = START / Market.HOUR * Market.HOUR;
    hold(Portfolios.certificate("go", 3, new TreeMap<>(Map.of(hour, new Energy(2_000_000)))));
    work();
    plant.say(new Body.PeriodClose(hour, START + QUARTER));
    plant.settle();

    assertThat(carried(P).total(Basis.MB_ANNUAL)).isEqualTo(Co2e.ZERO);
    assertThat(carried(P).knows(Component.SCOPE_2_MARKET_HOURLY)).isTrue();
    assertThat(carried(P).total(Basis.MB_HOURLY)).isEqualTo(new Co2e(700_000_000));
  }

  @Test
  void followsTheMassIntoWhatIsMadeOfTheLot() {
    hold(Portfolios.contract("ppa", 3));
    plant.read(START, 0, 0);
    receive();
    feed(HYDROXIDE, "A", START + MINUTE, 4);
    produce("P", START + 10 * MINUTE, 4);
    feed(SULPHATE, "P", START + 11 * MINUTE, 1);
    produce("Q", START + 14 * MINUTE, 1);
    plant.read(START + QUARTER, 3_000, 3_000);
    Burden before = carried(Q);
    assertThat(detail(Q).brought().scope2Market()).isPositive();

    plant.say(new Body.PeriodClose(START, START + QUARTER));
    plant.settle();

    assertThat(detail(P).direct().scope2Market()).as("the contract covers all").isZero();
    assertThat(detail(Q).direct().scope2Market()).isZero();
    assertThat(detail(Q).brought().scope2Market())
        .as("what was absorbed was so at the first month's running rate")
        .isEqualTo(detail(P).absorbed().scope2Market() / 4);
    assertThat(carried(Q).total(Basis.LB_ANNUAL)).isEqualTo(before.total(Basis.LB_ANNUAL));
    assertThat(conserved(Component.SCOPE_2_MARKET)).isZero();
  }

  @Test
  void aRestatedQuarterOfASettledMonthSettlesItsLotsAgain() {
    hold(Portfolios.contract("ppa", 1));
    plant.read(START, 0, 0);
    receive();
    card("TGM:START", START + 3 * MINUTE);
    feed(HYDROXIDE, "A", START + 6 * MINUTE, 4);
    produce("P", START + 9 * MINUTE, 4);
    card("TGM:FINISH", START + 12 * MINUTE);
    plant.read(START + QUARTER, 3_000, 3_000);
    plant.say(new Body.PeriodClose(START, START + QUARTER));
    plant.settle();
    assertThat(detail(P).direct().total(Basis.MB_ANNUAL))
        .as("9 of 15 minutes, 2 of 3 kWh at 0.7 kg")
        .isEqualTo(new Co2e(840_000_000));

    plant.read(START + 12 * MINUTE, 3_000, 3_000);

    assertThat(detail(P).direct().total(Basis.MB_ANNUAL))
        .as("9 of 12 minutes")
        .isEqualTo(new Co2e(1_050_000_000));
    assertThat(conserved(Component.SCOPE_2_MARKET)).isZero();
  }

  @Test
  void instrumentsThatComeLaterSettleTheLotsOfAClosedMonth() {
    hold(Portfolios.contract("ppa", 1));
    work();
    plant.say(new Body.PeriodClose(START, START + QUARTER));
    plant.settle();

    hold(Portfolios.contract("ppa", 1), Portfolios.certificate("go", 2));
    plant.read(START + 2 * QUARTER, 3_000, 3_000);

    assertThat(carried(P).scope2Market()).isZero();
    assertThat(detail(P).revision().number()).isEqualTo(2);
  }

  @Test
  void aLogOfTheThirdCalculatorGetsItsMarketBasedFiguresWithTheFourth() {
    plant = new PlantFixture(withResidualMix(), 3);
    hold(Portfolios.contract("ppa", 1));
    work();
    plant.say(new Body.PeriodClose(START, START + QUARTER));
    plant.settle();
    assertThat(carried(P).knows(Component.SCOPE_2_MARKET)).isFalse();

    plant.say(new Body.Calculator(4));
    plant.read(START + 2 * QUARTER, 3_000, 3_000);

    assertThat(carried(P).total(Basis.MB_ANNUAL)).isEqualTo(new Co2e(1_400_000_000));
    assertThat(carried(P).total(Basis.LB_ANNUAL)).isEqualTo(new Co2e(600_000_000));
  }

  /** Returns what of a component is in the facility's month and neither in a lot nor overhead. */
  private long conserved(Component component) {
    Absorbed overhead = plant.ledger.absorptions().getLast().absorbed();
    long lots = 0;
    for (LotId lot : new LotId[] {P, Q}) {
      if (plant.ledger.lot(lot).isPresent()) {
        lots += detail(lot).direct().of(component) + detail(lot).absorbed().of(component);
      }
    }
    long month =
        plant
            .ledger
            .period(START)
            .orElseThrow()
            .account()
            .co2e(Basis.MB_ANNUAL)
            .orElseThrow()
            .micrograms();
    return month - lots - overhead.closing().of(component);
  }

  /** One order takes all of 3 kWh. */
  private void work() {
    plant.read(START, 0, 0);
    receive();
    feed(HYDROXIDE, "A", START + 2, 4);
    plant.read(START + MINUTE, 0, 0);
    plant.read(START + 13 * MINUTE, 3_000, 3_000);
    produce("P", START + 14 * MINUTE, 4);
    plant.read(START + QUARTER, 3_000, 3_000);
  }

  private void hold(Instrument... instruments) {
    String edition = Integer.toString(plant.leaves.size());
    Document.stated(
            FactorDocumentCodec.encode(Portfolios.of(edition, instruments)),
            Body.FactorSetDeclared::new)
        .forEach(plant::say);
  }

  private Burden carried(LotId lot) {
    Burden all = detail(lot).carried();
    return all.minus(Burden.only(Component.INHERITED, all.inherited()));
  }

  private LotDetail detail(LotId lot) {
    return plant.ledger.lot(lot).orElseThrow().account().orElseThrow().detail().orElseThrow();
  }

  private void card(String text, long millis) {
    plant.tell(millis, new Body.Scan("feed", millis, "Q3", text));
  }

  private void receive() {
    plant.scan(START, "in", HYDROXIDE, "A");
    plant.weigh(START + 1, 4);
  }

  private void feed(String gtin, String lot, long millis, long kilograms) {
    plant.scan(millis, "feed", gtin, lot);
    plant.weigh(millis + 1, kilograms);
  }

  private void produce(String lot, long millis, long kilograms) {
    plant.scan(millis, "out", SULPHATE, lot);
    plant.weigh(millis + 1, kilograms);
  }

  private static PlantModel withResidualMix() {
    PlantModel plant = PlantFixture.plant("0.2");
    PlantModel.Grid grid = plant.grid();
    return new PlantModel(
        plant.facility(),
        plant.name(),
        plant.operator(),
        plant.timeZone(),
        plant.simulated(),
        plant.agents(),
        new PlantModel.Grid(
            grid.factor(),
            grid.intensity(),
            Optional.of(Portfolios.factor("residual", "0.7")),
            grid.upstream(),
            grid.ownGeneration(),
            grid.certificatesSold()),
        plant.carriers(),
        plant.workstations(),
        plant.meters(),
        plant.scales(),
        plant.scanners(),
        plant.materials(),
        plant.additions());
  }
}
