package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Movement;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Stage;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PrimaryData;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Silos, and what counts as primary data, through the whole ledger. */
class SiloLedgerTest {
  private static final long MINUTE = 60_000;
  private static final LotId P = LotId.ofLot(SULPHATE, "P");
  private static final LotId D = LotId.ofLot(HYDROXIDE, "D");
  private static final LotId E = LotId.ofLot(HYDROXIDE, "E");

  private PlantFixture plant = new PlantFixture(PlantFixture.withBin(PrimaryData.ACTIVITY));

  @AfterEach
  void aReplayGivesTheSameBytes() {
    plant.assertReplaysToTheSameBytes();
  }

  @Test
  void aDrawnLotCarriesItsPartOfAllThatWasPouredIn() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE, 600);
    receive("B", START + 2 * MINUTE, 400);
    pour(HYDROXIDE, "A", START + 3 * MINUTE);
    pour(HYDROXIDE, "B", START + 4 * MINUTE);
    draw("D", START + 5 * MINUTE, 950);
    plant.read(START + QUARTER, 1_500, 1_500);

    LotAccount drawn = account(D);
    assertThat(drawn.total()).as("950 kg at 2.0").isEqualTo(new Co2e(1_900_000_000_000L));
    assertThat(drawn.inputs())
        .singleElement()
        .extracting(LotAccount.Input::lot)
        .isInstanceOfSatisfying(LotId.class, lot -> assertThat(lot.silo()).isEqualTo("bin"));
    assertThat(drawn.primaryDataShare()).contains(new BigDecimal("0.00"));
    assertThat(plant.ledger.family(D).ancestors())
        .extracting(step -> step.from().number().startsWith("~") ? "content" : step.from().number())
        .containsExactly("content", "content", "B", "A");
    LotId content = drawn.inputs().getFirst().lot();
    assertThat(plant.ledger.lot(content).orElseThrow().account().orElseThrow().total())
        .isEqualTo(new Co2e(2_000_000_000_000L));
    assertThat(plant.ledger.lot(content).orElseThrow().accountLeaf()).isEmpty();
    assertThat(plant.ledger.lots(9)).extracting(LotState::lot).doesNotContain(content);
    assertThat(plant.ledger.lotCount()).isEqualTo(3);
    assertThat(plant.ledger.lots(new LotSearch("~bin", Optional.empty(), Optional.empty()), 9))
        .extracting(LotState::lot)
        .contains(content)
        .hasSize(2);
    assertThat(plant.ledger.family(content).ancestors()).hasSize(3);
  }

  @Test
  void aLateReadingOfWhatWasPouredInRestatesNoDrawnLotAndJoinsTheSilo() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE, 100);
    feed("A", START + 2 * MINUTE, 100);
    produce("P", START + 8 * MINUTE, 100);
    pour(SULPHATE, "P", START + 9 * MINUTE);
    draw("D", START + 10 * MINUTE, 50);
    plant.read(START + QUARTER, 100_000, 100_000);
    Co2e drawn = account(D).total();
    Co2e before = account(P).total();

    // all of it was used before the ninth minute
    plant.read(START + 9 * MINUTE, 100_000, 100_000);
    draw("E", START + QUARTER + MINUTE, 50);
    plant.read(START + 2 * QUARTER, 100_000, 100_000);

    long late = account(P).total().micrograms() - before.micrograms();
    assertThat(late).isPositive();
    assertThat(account(P).detail().orElseThrow().revision().number()).isEqualTo(1);
    assertThat(account(D).isFirst()).isTrue();
    assertThat(account(D).total()).isEqualTo(drawn);
    assertThat(account(E).total().micrograms() + drawn.micrograms())
        .as("all that P carries, to the microgram")
        .isEqualTo(account(P).total().micrograms());
  }

  @Test
  void anUndoneDrawIsNoLot() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE, 100);
    pour(HYDROXIDE, "A", START + 2 * MINUTE);
    draw("D", START + 3 * MINUTE, 50);
    plant.tell(START + 4 * MINUTE, new Body.Scan("draw", START + 4 * MINUTE, "Q3", "TGM:UNDO"));
    draw("E", START + 5 * MINUTE, 100);
    plant.read(START + QUARTER, 1_500, 1_500);

    assertThat(plant.ledger.lot(D)).isEmpty();
    assertThat(account(E).total()).isEqualTo(new Co2e(200_000_000_000L));
  }

  @Test
  void underTheStrictPolicyMeteredEnergyAtAnAverageIsNoPrimaryData() {
    LotAccount activity = producedUnder(PrimaryData.ACTIVITY);
    LotAccount strict = producedUnder(PrimaryData.STRICT);

    assertThat(strict.total()).isEqualTo(activity.total());
    long own = activity.own().co2e().micrograms();
    assertThat(activity.secondary().micrograms()).isEqualTo(activity.inherited().micrograms());
    assertThat(strict.secondary().micrograms()).isEqualTo(activity.secondary().micrograms() + own);
    assertThat(strict.primaryDataShare()).contains(new BigDecimal("0.00"));
    assertThat(activity.primaryPolicy()).isEqualTo(PrimaryPolicy.DEFAULT);
    assertThat(strict.primaryPolicy()).isEqualTo(new PrimaryPolicy(PrimaryData.STRICT, false));
  }

  @Test
  void aPolicyCountsFromWhenItIsDeclaredAndTheFigureSaysIfTwoDid() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE, 100);
    feed("A", START + 2 * MINUTE, 100);
    produce("P", START + 8 * MINUTE, 100);
    plant.read(START + QUARTER, 1_500, 1_500);
    LotAccount before = account(P);

    plant.declare(PlantFixture.withBin(PrimaryData.STRICT));
    plant.scan(START + QUARTER + MINUTE, "feed", SULPHATE, "P");
    plant.weigh(START + QUARTER + MINUTE + 1, 100);
    produce("Q", START + QUARTER + 9 * MINUTE, 100);
    plant.read(START + 2 * QUARTER, 3_000, 3_000);
    // a late reading of the first quarter is counted as that quarter was
    plant.read(START + 5 * MINUTE, 1_400, 1_400);

    LotAccount made = account(LotId.ofLot(SULPHATE, "Q"));
    assertThat(made.primaryPolicy()).isEqualTo(new PrimaryPolicy(PrimaryData.STRICT, true));
    assertThat(account(P).primaryPolicy()).isEqualTo(before.primaryPolicy());
    LotDetail detail = account(P).detail().orElseThrow();
    assertThat(detail.direct().secondary()).isZero();
    assertThat(made.detail().orElseThrow().direct().secondary())
        .isEqualTo(made.detail().orElseThrow().direct().total(Basis.LB_ANNUAL).micrograms());
  }

  @Test
  void aSuppliersPolicyIsHandedOnAndSaidWhereItDiffers() {
    PlantModel here = PlantFixture.withBin(PrimaryData.ACTIVITY);
    LotLedger lots = new LotLedger(LotLedger.empty(), new LinkedHashMap<>());
    Mass mass = new Mass(100_000_000);
    LotAccount supplier =
        new LotAccount(
            P,
            "Sulphate",
            mass,
            Energy.ZERO,
            List.of(),
            new LotDetail(
                Revision.FIRST,
                Basis.LB_ANNUAL,
                Burden.NONE,
                Burden.NONE,
                Burden.inherited(new Co2e(1_000), new Co2e(700)),
                new PrimaryPolicy(PrimaryData.STRICT, false)));
    lots.moved(here, new Movement.Received(P, mass, 0), 0);
    assertThat(lots.passport(here, new Arrivals.Passport("supplier", supplier, 7), mass)).isTrue();
    assertThat(lots.differs(supplier.primaryPolicy())).isTrue();
    assertThat(lots.account(P).orElseThrow().primaryPolicy()).isEqualTo(supplier.primaryPolicy());

    lots.moved(
        here,
        new Movement.Worked(
            new Order(
                "furnace@1",
                "furnace",
                START,
                START + MINUTE,
                List.of(new CustodyEvent.LotQuantity(P, mass)),
                List.of(new Order.Output(D, mass, Order.Kind.PRODUCT)))),
        START);
    lots.closedThrough(START + QUARTER);
    assertThat(lots.finish(here, Basis.LB_ANNUAL, 9)).hasSize(1);

    LotAccount made = lots.account(D).orElseThrow();
    assertThat(made.primaryPolicy()).isEqualTo(new PrimaryPolicy(PrimaryData.ACTIVITY, true));
    assertThat(made.primaryDataShare()).contains(new BigDecimal("30.00"));
  }

  /** 40 kg of P are used under one policy, the rest is reworked under another. */
  @Test
  void aRevisionsPolicyIsNotThatOfTheLotBeforeIt() {
    PlantModel here = PlantFixture.withBin(PrimaryData.ACTIVITY);
    LotLedger lots = new LotLedger(LotLedger.empty(), new LinkedHashMap<>());
    lots.moved(here, new Movement.Received(P, kg(100), 0), 0);
    assertThat(
            lots.passport(here, new Arrivals.Passport("supplier", suppliers(kg(100)), 7), kg(100)))
        .isTrue();
    work(lots, here, 0, quantity(P, 40, 0), new Order.Output(D, kg(40), Order.Kind.PRODUCT));
    lots.closedThrough(START + QUARTER);
    assertThat(lots.finish(here, Basis.LB_ANNUAL, 9)).hasSize(1);
    PlantModel strict = strictFrom(lots, START + QUARTER);
    work(lots, strict, 1, quantity(P, 60, 0), new Order.Output(P, kg(60), Order.Kind.PRODUCT, 1));
    lots.closedThrough(START + 2 * QUARTER);
    assertThat(lots.finish(strict, Basis.LB_ANNUAL, 10)).hasSize(1);
    assertThat(lots.account(P).orElseThrow().primaryPolicy())
        .isEqualTo(new PrimaryPolicy(PrimaryData.STRICT, true));

    work(lots, strict, 0, quantity(P, 40, 0), new Order.Output(D, kg(39), Order.Kind.PRODUCT));
    assertThat(lots.finish(strict, Basis.LB_ANNUAL, 11)).hasSize(1);
    assertThat(lots.account(D).orElseThrow().primaryPolicy()).isEqualTo(PrimaryPolicy.DEFAULT);
  }

  @Test
  void anUndoneReworkLeavesNoPolicy() {
    LotLedger lots = new LotLedger(LotLedger.empty(), new LinkedHashMap<>());
    LotId a = LotId.ofLot(HYDROXIDE, "A");
    PlantModel strict = strictFrom(lots, START);
    lots.moved(strict, new Movement.Received(a, kg(60), 0), 0);
    work(lots, strict, 1, quantity(a, 60, 0), new Order.Output(a, kg(60), Order.Kind.PRODUCT, 1));
    lots.closedThrough(START + 2 * QUARTER);
    assertThat(lots.finish(strict, Basis.LB_ANNUAL, 9)).hasSize(1);
    assertThat(lots.state().primary().lots()).containsOnlyKeys(Stage.first(a), new Stage(a, 1));

    Order undone = new Order("furnace@1", "furnace", START, START, List.of(), List.of());
    lots.moved(strict, new Movement.Worked(undone), START);
    assertThat(lots.state().primary().lots()).containsOnlyKeys(Stage.first(a));
  }

  @Test
  void whatIsReworkedIsNoSecondaryLotAnyMore() {
    PlantModel here = PlantFixture.withBin(PrimaryData.ACTIVITY);
    LotLedger lots = new LotLedger(LotLedger.empty(), new LinkedHashMap<>());
    LotId a = LotId.ofLot(HYDROXIDE, "A");
    lots.moved(here, new Movement.Received(a, kg(60), 0), 0);
    work(lots, here, 0, quantity(a, 60, 0), new Order.Output(a, kg(60), Order.Kind.PRODUCT, 1));
    PlantModel strict = strictFrom(lots, START + QUARTER);
    work(lots, strict, 1, quantity(a, 60, 1), new Order.Output(P, kg(60), Order.Kind.PRODUCT));
    lots.closedThrough(START + 2 * QUARTER);
    assertThat(lots.finish(strict, Basis.LB_ANNUAL, 9)).hasSize(2);

    assertThat(lots.account(a).orElseThrow().primaryPolicy()).isEqualTo(PrimaryPolicy.DEFAULT);
    assertThat(lots.account(P).orElseThrow().primaryPolicy())
        .as("what the rework of A counted as primary is in it")
        .isEqualTo(new PrimaryPolicy(PrimaryData.STRICT, true));
  }

  private static LotAccount suppliers(Mass mass) {
    return new LotAccount(
        P,
        "Sulphate",
        mass,
        Energy.ZERO,
        List.of(),
        new LotDetail(
            Revision.FIRST,
            Basis.LB_ANNUAL,
            Burden.NONE,
            Burden.NONE,
            Burden.inherited(new Co2e(1_000), new Co2e(700)),
            PrimaryPolicy.DEFAULT));
  }

  private static PlantModel strictFrom(LotLedger lots, long start) {
    PlantModel strict = PlantFixture.withBin(PrimaryData.STRICT);
    lots.attribute(
        strict,
        new FacilityInterval(
            start, Revision.FIRST, Basis.LB_ANNUAL, List.of(), List.of(), List.of(), List.of()));
    return strict;
  }

  /** An order of a minute in a quarter of an hour. */
  private static void work(
      LotLedger lots,
      PlantModel plant,
      int quarter,
      CustodyEvent.LotQuantity input,
      Order.Output output) {
    long start = START + quarter * QUARTER;
    lots.moved(
        plant,
        new Movement.Worked(
            new Order(
                "furnace@" + quarter,
                "furnace",
                start,
                start + MINUTE,
                List.of(input),
                List.of(output))),
        start);
  }

  private static CustodyEvent.LotQuantity quantity(LotId lot, long kilograms, int revision) {
    return new CustodyEvent.LotQuantity(lot, kg(kilograms), revision);
  }

  private static Mass kg(long kilograms) {
    return new Mass(kilograms * 1_000_000);
  }

  @Test
  void theVectorOfABlendHas38Point16PercentPrimaryData() {
    assertThat(
            PrimaryPolicy.share(
                new Co2e(3_302_000_000_000L), new Co2e(3_302_000_000_000L - 1_260_000_000_000L)))
        .contains(new BigDecimal("38.16"));
    assertThat(PrimaryPolicy.share(Co2e.ZERO, Co2e.ZERO)).isEmpty();
    assertThat(PrimaryPolicy.share(new Co2e(20_000), new Co2e(19_999)))
        .as("0.005 to the even")
        .contains(new BigDecimal("0.00"));
    assertThat(PrimaryPolicy.share(new Co2e(1), new Co2e(2)))
        .as("more secondary than there is")
        .contains(new BigDecimal("0.00"));
  }

  private LotAccount producedUnder(PrimaryData policy) {
    plant = new PlantFixture(PlantFixture.withBin(policy));
    plant.read(START, 0, 0);
    receive("A", START + MINUTE, 100);
    feed("A", START + 2 * MINUTE, 100);
    produce("P", START + 8 * MINUTE, 100);
    plant.read(START + QUARTER, 3_000, 1_500);
    return account(P);
  }

  private LotAccount account(LotId lot) {
    return plant.ledger.lot(lot).orElseThrow().account().orElseThrow();
  }

  private void receive(String lot, long millis, long kilograms) {
    plant.scan(millis, "in", HYDROXIDE, lot);
    plant.weigh(millis + 1, kilograms);
  }

  private void feed(String lot, long millis, long kilograms) {
    plant.scan(millis, "feed", HYDROXIDE, lot);
    plant.weigh(millis + 1, kilograms);
  }

  private void produce(String lot, long millis, long kilograms) {
    plant.scan(millis, "out", SULPHATE, lot);
    plant.weigh(millis + 1, kilograms);
  }

  private void pour(String gtin, String lot, long millis) {
    plant.scan(millis, "pour", gtin, lot);
  }

  private void draw(String lot, long millis, long kilograms) {
    plant.scan(millis, "draw", HYDROXIDE, lot);
    plant.weigh(millis + 1, kilograms);
  }
}
