package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.lot.Absorbed;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.quantity.Co2e;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lots through the whole ledger, by the cards and scans of the floor. */
class LotLedgerTest {
  private static final long MINUTE = 60_000;
  private static final LotId P = LotId.ofLot(SULPHATE, "P");
  private static final LotId Q = LotId.ofLot(SULPHATE, "Q");

  private PlantFixture plant = new PlantFixture(PlantFixture.plant("0.2"));

  @AfterEach
  void aReplayGivesTheSameBytes() {
    plant.assertReplaysToTheSameBytes();
  }

  @Test
  void coProductsOfAnOrderThatCardsBeganAndEndedShareItsCostByMass() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE);
    card("TGM:START", START + 3 * MINUTE);
    feed("A", START + 6 * MINUTE, 100);
    produce("P", START + 9 * MINUTE, 60);
    produce("Q", START + 9 * MINUTE + 100, 40);
    card("TGM:FINISH", START + 12 * MINUTE);
    plant.read(START + QUARTER, 1_500, 1_500);

    LotDetail p = detail(P);
    LotDetail q = detail(Q);
    assertThat(p.direct().plus(q.direct()).total(Basis.LB_ANNUAL))
        .as("9 of 15 minutes at 6 kW and 0.2 kg/kWh")
        .isEqualTo(new Co2e(180_000_000));
    assertThat(p.direct().total(Basis.LB_ANNUAL)).isEqualTo(new Co2e(108_000_000));
    assertThat(p.brought().total(Basis.LB_ANNUAL)).isEqualTo(new Co2e(120_000_000_000L));
    assertThat(q.brought().total(Basis.LB_ANNUAL)).isEqualTo(new Co2e(80_000_000_000L));
  }

  @Test
  void aMonthsOverheadIsAbsorbedByItsLotsOrCarriedOn() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE);
    feed("A", START + 2 * MINUTE, 100);
    produce("P", START + 12 * MINUTE, 100);
    plant.read(START + QUARTER, 3_000, 1_500);
    plant.read(START + 2 * QUARTER, 6_000, 1_500);

    plant.say(new Body.PeriodClose(START, START + 2 * QUARTER));
    plant.settle();

    Absorbed month = plant.ledger.absorptions().getFirst().absorbed();
    assertThat(month.absorbed())
        .extracting(Burden::scope2Annual)
        .isEqualTo(detail(P).absorbed().scope2Annual());
    assertThat(month.pool().co2e().total(Basis.LB_ANNUAL))
        .as("1.5 kWh on no meter and what the furnace took without an order, then 3 kWh")
        .isEqualTo(
            new Co2e(
                4_500L * 200_000
                    + 300_000_000
                    - detail(P).direct().total(Basis.LB_ANNUAL).micrograms()));
    assertThat(month.closing().total(Basis.LB_ANNUAL).micrograms())
        .isEqualTo(
            month.pool().co2e().total(Basis.LB_ANNUAL).micrograms()
                - month.absorbed().total(Basis.LB_ANNUAL).micrograms())
        .isPositive();
  }

  @Test
  void aLateReadingThatMattersRestatesTheLotAndWhatWasMadeOfIt() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE);
    feed("A", START + 2 * MINUTE, 100);
    produce("P", START + 8 * MINUTE, 100);
    plant.scan(START + 9 * MINUTE, "feed", SULPHATE, "P");
    plant.weigh(START + 9 * MINUTE + 1, 100);
    produce("Q", START + 14 * MINUTE, 100);
    plant.read(START + QUARTER, 100_000, 100_000);
    long first = plant.ledger.lot(P).orElseThrow().accountLeaf().orElseThrow();
    Co2e before = detail(Q).carried().total(Basis.LB_ANNUAL);

    // all of it was used before the ninth minute
    plant.read(START + 9 * MINUTE, 100_000, 100_000);

    assertThat(detail(P).revision().number()).isEqualTo(1);
    assertThat(detail(P).revision().previous()).isEqualTo(first);
    assertThat(detail(Q).revision().number()).isEqualTo(1);
    assertThat(detail(Q).direct().total(Basis.LB_ANNUAL)).isEqualTo(Co2e.ZERO);
    assertThat(detail(Q).brought().total(Basis.LB_ANNUAL))
        .isEqualTo(detail(P).carried().total(Basis.LB_ANNUAL));
    assertThat(detail(Q).carried().total(Basis.LB_ANNUAL)).isNotEqualTo(before);
  }

  @Test
  void anUndoneOutputIsNoLotAndItsOrderGoesOn() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE);
    feed("A", START + 2 * MINUTE, 100);
    produce("P", START + 8 * MINUTE, 100);
    plant.tell(START + 9 * MINUTE, new Body.Scan("out", START + 9 * MINUTE, "Q3", "TGM:UNDO"));
    produce("Q", START + 10 * MINUTE, 100);
    plant.read(START + QUARTER, 1_500, 1_500);

    assertThat(plant.ledger.lot(P)).isEmpty();
    assertThat(detail(Q).brought().total(Basis.LB_ANNUAL)).isEqualTo(new Co2e(200_000_000_000L));
  }

  @Test
  void anOrderThatIsUndoneAfterAQuarterWasClosedTakesNoEnergyOfTheNext() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE);
    feed("A", START + 2 * MINUTE, 100);
    plant.read(START + QUARTER, 0, 0);
    long undo = START + QUARTER;
    plant.tell(undo, new Body.Scan("feed", undo, "Q3", "TGM:UNDO"));
    feed("A", START + QUARTER, 100);
    produce("P", START + 2 * QUARTER, 100);
    plant.read(START + 2 * QUARTER, 1_500, 1_500);
    plant.read(START + 3 * QUARTER, 1_500, 1_500);

    assertThat(detail(P).direct().total(Basis.LB_ANNUAL))
        .as("all of 1.5 kWh at 0.2 kg/kWh")
        .isEqualTo(new Co2e(300_000_000));
  }

  @Test
  void anOrderThatEndedAndIsUndoneBeforeItsQuarterIsClosedTakesNoEnergy() {
    long out = START + QUARTER + 10;
    plant.read(START, 0, 0);
    receive("A", START + 1);
    feed("A", START + 2 * MINUTE, 100);
    produce("X", out, 100);
    plant.read(START + QUARTER, 0, 0);
    plant.tell(out + 2, new Body.Scan("out", out + 2, "Q3", "TGM:UNDO"));
    plant.tell(out + 3, new Body.Scan("feed", out + 3, "Q3", "TGM:UNDO"));
    feed("A", START + QUARTER, 100);
    produce("P", START + 2 * QUARTER, 100);
    plant.read(START + 2 * QUARTER, 1_500, 1_500);
    plant.read(START + 3 * QUARTER, 1_500, 1_500);

    assertThat(detail(P).direct().total(Basis.LB_ANNUAL))
        .as("all of 1.5 kWh at 0.2 kg/kWh")
        .isEqualTo(new Co2e(300_000_000));
  }

  @Test
  void tellsWhatALotWasMadeOfAndWhatWasMadeOfIt() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE);
    feed("A", START + 2 * MINUTE, 60);
    produce("P", START + 8 * MINUTE, 60);
    plant.scan(START + 9 * MINUTE, "feed", SULPHATE, "P");
    plant.weigh(START + 9 * MINUTE + 1, 60);
    produce("Q", START + 14 * MINUTE, 60);

    LotId a = LotId.ofLot(HYDROXIDE, "A");
    assertThat(plant.ledger.family(Q).ancestors())
        .extracting(LotFamily.Step::from)
        .containsExactly(P, a);
    assertThat(plant.ledger.family(a).descendants())
        .extracting(LotFamily.Step::to)
        .containsExactly(P, Q);
    assertThat(plant.ledger.family(P).whole()).isTrue();
    assertThat(plant.ledger.lots(new LotSearch("q", Optional.empty(), Optional.empty()), 9))
        .extracting(LotState::lot)
        .containsExactly(Q);
    assertThat(
            plant.ledger.lots(
                new LotSearch("", Optional.of(LotState.State.IN_STOCK), Optional.of(HYDROXIDE)), 9))
        .extracting(LotState::lot)
        .containsExactly(a);
  }

  @Test
  void goesOnFromTheSecondCalculatorsBooks() {
    plant = new PlantFixture(PlantFixture.plant("0.2"), 2);
    plant.read(START, 0, 0);
    receive("A", START + MINUTE);
    feed("A", START + 2 * MINUTE, 50);
    plant.read(START + QUARTER, 1_500, 1_500);
    Share before = plant.ledger.runningOrders().getFirst().own();

    plant.say(new Body.Calculator(3));
    produce("P", START + QUARTER + 5 * MINUTE, 50);
    plant.read(START + 2 * QUARTER, 3_000, 3_000);

    assertThat(detail(P).direct().total(Basis.LB_ANNUAL).micrograms())
        .isEqualTo(before.co2e().micrograms() + 500L * 200_000);
    assertThat(detail(P).brought().total(Basis.LB_ANNUAL)).isEqualTo(new Co2e(100_000_000_000L));
    assertThat(plant.ledger.problems()).isEmpty();
  }

  private LotDetail detail(LotId lot) {
    return plant.ledger.lot(lot).orElseThrow().account().orElseThrow().detail().orElseThrow();
  }

  private void card(String text, long millis) {
    plant.tell(millis, new Body.Scan("feed", millis, "Q3", text));
  }

  private void receive(String lot, long millis) {
    plant.scan(millis, "in", HYDROXIDE, lot);
    plant.weigh(millis + 1, 100);
  }

  private void feed(String lot, long millis, long kilograms) {
    plant.scan(millis, "feed", HYDROXIDE, lot);
    plant.weigh(millis + 1, kilograms);
  }

  private void produce(String lot, long millis, long kilograms) {
    plant.scan(millis, "out", SULPHATE, lot);
    plant.weigh(millis + 1, kilograms);
  }
}
