package io.tracegram.ledger.lot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.ledger.state.StateCodec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A hand-checkable example of each rule of accounting.md §4 and §5. */
class LotGraphTest {
  private static final long HOUR = 3_600_000;
  private static final Absorption NOTHING =
      new Absorption(Absorption.Policy.NONE, Absorption.Key.MASS);
  private static final LotId A = lot("A");
  private static final LotId B = lot("B");
  private static final LotId C = lot("C");
  private static final LotId D = lot("D");

  private final LotGraph graph = new LotGraph(LotGraph.empty());

  @Test
  void blendsWhatSuppliersDeclareWithItsOwnAndTheTreatmentOfItsWaste() {
    graph.carry(A, kg(600), Burden.inherited(co2e(1_200), co2e(240)));
    graph.carry(B, kg(400), Burden.inherited(co2e(2_000), co2e(1_800)));
    graph.work(
        new Work(
            "blender@1",
            0,
            HOUR,
            List.of(new Work.Input(A, kg(600)), new Work.Input(B, kg(400))),
            List.of(product(C, 950), new Work.Output(D, kg(50), false, Burden.waste(co2e(2))))));
    graph.cost("blender@1", emitted(100));
    graph.closedThrough(HOUR);

    List<Made> made = settle(NOTHING);

    assertThat(made.getFirst().carried().total(Basis.LB_ANNUAL)).isEqualTo(co2e(3_302));
    assertThat(
            BigDecimal.valueOf(made.getFirst().carried().total(Basis.LB_ANNUAL).micrograms(), 9)
                .divide(BigDecimal.valueOf(950), 6, RoundingMode.HALF_EVEN))
        .as("kg per kg of 950 kg good output")
        .isEqualTo("3.475789");
    assertThat(made.getFirst().carried().secondary()).isEqualTo(co2e(3_302 - 1_260).micrograms());
    assertThat(made.getLast().carried()).isEqualTo(Burden.NONE);
  }

  @Test
  void theLastWithdrawalTakesTheRest() {
    graph.carry(A, kg(3), Burden.inherited(new Co2e(100), Co2e.ZERO));
    for (String taker : List.of("x@1", "x@2", "x@3")) {
      graph.work(work(taker, 0, HOUR, A, 1, lot("P" + taker), 1));
    }
    graph.closedThrough(HOUR);

    assertThat(settle(NOTHING))
        .extracting(made -> made.carried().inherited())
        .containsExactly(33L, 34L, 33L);
    assertThat(graph.rest(A)).contains(Burden.NONE);
  }

  @Test
  void aLotWaitsForItsEndItsIntervalsItsFactorsAndItsInputs() {
    graph.work(work("x@1", 0, Long.MAX_VALUE, A, 1, B, 1));
    graph.cost("x@1", unpriced());
    graph.closedThrough(2 * HOUR);
    assertThat(settle(NOTHING)).isEmpty();

    graph.work(work("x@1", 0, 3 * HOUR, A, 1, B, 1));
    assertThat(settle(NOTHING)).isEmpty();

    graph.closedThrough(3 * HOUR);
    assertThat(settle(NOTHING)).isEmpty();

    graph.cost("x@1", Cost.NONE.minus(unpriced()).plus(emitted(7)));
    assertThat(settle(NOTHING)).isEmpty();

    graph.carry(A, kg(1), Burden.inherited(co2e(1), Co2e.ZERO));
    assertThat(settle(NOTHING))
        .singleElement()
        .extracting(made -> made.carried().total(Basis.LB_ANNUAL))
        .isEqualTo(co2e(8));
  }

  @Test
  void coProductsShareByMassAndScrapLeavesItsBurdenToTheGood() {
    graph.carry(A, kg(100), Burden.inherited(new Co2e(100), Co2e.ZERO));
    graph.work(
        new Work(
            "x@1",
            0,
            HOUR,
            List.of(new Work.Input(A, kg(100))),
            List.of(
                product(B, 60), product(C, 30), new Work.Output(D, kg(10), false, Burden.NONE))));
    graph.closedThrough(HOUR);

    assertThat(settle(NOTHING))
        .extracting(made -> made.carried().inherited())
        .containsExactly(67L, 33L, 0L);
  }

  @Test
  void whatIsScrappedWithoutAProductIsOverheadOfItsTime() {
    graph.carry(A, kg(10), Burden.inherited(co2e(5), Co2e.ZERO));
    graph.work(new Work("scrap@9", HOUR, HOUR, List.of(new Work.Input(A, kg(10))), List.of()));
    graph.closedThrough(HOUR);
    assertThat(settle(NOTHING)).isEmpty();

    graph.closePeriod(0, 2 * HOUR, NOTHING);

    assertThat(graph.periods().getFirst().closing().inherited()).isEqualTo(co2e(5).micrograms());
    assertThat(graph.rest(A)).contains(Burden.NONE);
  }

  /** 200 kg over 1,000 machine-hours, then 900 h against a pool of 190 kg. */
  @Test
  void absorbsAtThePeriodsBeforeRateAndCarriesTheVariance() {
    Absorption byTime =
        new Absorption(Absorption.Policy.PREDETERMINED, Absorption.Key.MACHINE_TIME);
    graph.carry(A, kg(2), Burden.NONE);
    graph.pool(0, emitted(200));
    graph.work(work("x@1", 0, 1_000 * HOUR, A, 1, B, 1));
    graph.closedThrough(1_000 * HOUR);
    settle(byTime);
    graph.closePeriod(0, 1_000 * HOUR, byTime);
    assertThat(graph.periods().getFirst().closing()).isEqualTo(Burden.NONE);

    graph.pool(1_000 * HOUR, emitted(190));
    graph.work(work("x@2", 1_000 * HOUR, 1_900 * HOUR, A, 1, C, 1));
    graph.closedThrough(1_900 * HOUR);
    Made second = settle(byTime).getFirst();
    graph.closePeriod(1_000 * HOUR, 2_000 * HOUR, byTime);

    assertThat(second.absorbed()).isEqualTo(emitted(180).co2e());
    Absorbed period = graph.periods().getLast();
    assertThat(period.opening()).isEqualTo(Burden.NONE);
    assertThat(period.closing()).isEqualTo(emitted(10).co2e());
    assertThat(period.next().of(900 * HOUR)).isEqualTo(emitted(200).co2e());
  }

  @Test
  void lotsDoNotBearWhatMonthsBeforeTheFirstLotEmitted() {
    Absorption byTime =
        new Absorption(Absorption.Policy.PREDETERMINED, Absorption.Key.MACHINE_TIME);
    graph.pool(0, emitted(1_000));
    graph.closePeriod(0, HOUR, byTime);
    graph.carry(A, kg(1), Burden.NONE);
    graph.pool(HOUR, emitted(3));
    graph.work(work("x@1", HOUR, 2 * HOUR, A, 1, B, 1));
    graph.closedThrough(2 * HOUR);

    Made first = settle(byTime).getFirst();
    graph.closePeriod(HOUR, 2 * HOUR, byTime);

    assertThat(first.absorbed()).isEqualTo(emitted(3).co2e());
    assertThat(graph.periods().getFirst().closing()).isEqualTo(emitted(1_000).co2e());
    assertThat(graph.periods().getLast().opening()).isEqualTo(Burden.NONE);
    assertThat(graph.periods().getLast().closing()).isEqualTo(Burden.NONE);
  }

  /** 10 kWh at 0.177: A 4 kWh, B 2, idle 0.5 shown apart, residual 3.5 keyed 120:80 kg. */
  @Test
  void absorbsActualCostsAtThePeriodsClose() {
    Absorption byMass = new Absorption(Absorption.Policy.ACTUAL, Absorption.Key.MASS);
    graph.carry(A, kg(120), Burden.NONE);
    graph.carry(B, kg(80), Burden.NONE);
    graph.work(work("x@1", 0, HOUR, A, 120, C, 120));
    graph.work(work("y@2", 0, HOUR, B, 80, D, 80));
    graph.cost("x@1", bought(708_000_000));
    graph.cost("y@2", bought(354_000_000));
    graph.pool(0, bought(619_500_000));
    graph.closedThrough(HOUR);
    assertThat(settle(byMass)).isEmpty();

    graph.closePeriod(0, HOUR, byMass);

    assertThat(settle(byMass))
        .extracting(made -> made.carried().total(Basis.LB_ANNUAL))
        .containsExactly(new Co2e(1_079_700_000), new Co2e(601_800_000));
    assertThat(graph.periods().getFirst().closing()).isEqualTo(Burden.NONE);
  }

  @Test
  void aSmallLateCostIsAVarianceAndALargeOneFollowsTheMass() {
    graph.carry(A, kg(1), Burden.NONE);
    graph.work(work("x@1", 0, HOUR, A, 1, B, 2));
    graph.work(work("y@2", HOUR, 2 * HOUR, B, 1, C, 1));
    graph.cost("x@1", emitted(1_000));
    graph.closedThrough(2 * HOUR);
    settle(NOTHING);

    graph.cost("x@1", emitted(6));
    assertThat(settle(NOTHING)).isEmpty();
    graph.cost("x@1", emitted(6));
    List<Made> restated = settle(NOTHING);
    graph.closePeriod(0, 2 * HOUR, NOTHING);

    assertThat(restated).extracting(Made::lot).containsExactly(B, C);
    assertThat(restated).extracting(Made::revision).containsOnly(1);
    assertThat(restated.getLast().carried().total(Basis.LB_ANNUAL)).isEqualTo(co2e(506));
    assertThat(graph.periods().getFirst().late()).isEqualTo(Burden.NONE);
  }

  @Test
  void aLateInputJoinsTheWorkAndWhatCameOfItIsRestated() {
    graph.carry(A, kg(1), Burden.inherited(co2e(1), Co2e.ZERO));
    graph.carry(B, kg(1), Burden.inherited(co2e(2), Co2e.ZERO));
    graph.work(work("x@1", 0, HOUR, A, 1, C, 2));
    graph.closedThrough(HOUR);
    settle(NOTHING);

    graph.work(
        new Work(
            "x@1",
            0,
            HOUR,
            List.of(new Work.Input(A, kg(1)), new Work.Input(B, kg(1))),
            List.of(product(C, 2))));

    assertThat(settle(NOTHING))
        .singleElement()
        .extracting(made -> made.carried().inherited())
        .isEqualTo(co2e(3).micrograms());
  }

  @Test
  void whatIsMadeAgainWaitsForItsNewWork() {
    graph.carry(A, kg(1), Burden.inherited(co2e(4), Co2e.ZERO));
    graph.work(work("x@1", 0, HOUR, A, 1, B, 2));
    graph.work(work("y@2", HOUR, 2 * HOUR, B, 1, C, 1));
    graph.closedThrough(2 * HOUR);
    settle(NOTHING);

    graph.work(new Work("x@1", 0, HOUR, List.of(), List.of()));
    assertThat(graph.rest(B)).as("it was never made").isEmpty();

    graph.work(work("z@3", 2 * HOUR, 3 * HOUR, A, 1, B, 4));
    assertThat(settle(NOTHING)).as("its quarters are not closed").isEmpty();
    graph.closedThrough(3 * HOUR);

    assertThat(settle(NOTHING))
        .extracting(Made::lot, made -> made.carried().inherited())
        .containsExactlyInAnyOrder(tuple(B, co2e(4).micrograms()), tuple(C, co2e(1).micrograms()));
  }

  @Test
  void aLotThatIsMadeAfterItWasTakenHasTheMassThatIsMade() {
    graph.work(work("y@2", HOUR, 2 * HOUR, B, 1, C, 1));
    assertThat(graph.mass(Stage.first(B))).as("so much was taken of it").isEqualTo(kg(1));
    graph.work(work("x@1", 0, HOUR, A, 3, B, 3));
    assertThat(graph.mass(Stage.first(B))).isEqualTo(kg(3));
  }

  @Test
  void goesOnFromItsState() {
    graph.carry(A, kg(3), Burden.inherited(new Co2e(100), Co2e.ZERO));
    graph.work(work("x@1", 0, HOUR, A, 1, B, 1));
    LotGraph restored =
        new LotGraph(StateCodec.read(LotGraph.State.class, StateCodec.write(graph.state())));
    Stream.of(graph, restored).forEach(each -> each.closedThrough(HOUR));

    assertThat(restored.settle(Basis.LB_ANNUAL, NOTHING, 10)).isEqualTo(settle(NOTHING));
    assertThat(restored.state()).isEqualTo(graph.state());
  }

  private List<Made> settle(Absorption absorption) {
    return graph.settle(Basis.LB_ANNUAL, absorption, Integer.MAX_VALUE);
  }

  private static Work work(
      String id, long start, long end, LotId in, long inKg, LotId out, long outKg) {
    return new Work(
        id, start, end, List.of(new Work.Input(in, kg(inKg))), List.of(product(out, outKg)));
  }

  private static Work.Output product(LotId lot, long kilograms) {
    return new Work.Output(lot, kg(kilograms), true, Burden.NONE);
  }

  private static Cost emitted(long kilograms) {
    return new Cost(
        Energy.ZERO,
        Burden.only(Component.SCOPE_1, co2e(kilograms).micrograms()),
        Cost.Unknown.NOTHING);
  }

  private static Cost bought(long micrograms) {
    return new Cost(
        Energy.ZERO, Burden.only(Component.SCOPE_2_ANNUAL, micrograms), Cost.Unknown.NOTHING);
  }

  private static Cost unpriced() {
    return new Cost(Energy.ZERO, Burden.NONE, new Cost.Unknown(0, 1, 0, 0, 0, 0));
  }

  private static Co2e co2e(long kilograms) {
    return new Co2e(kilograms * 1_000_000_000);
  }

  private static Mass kg(long kilograms) {
    return new Mass(kilograms * 1_000_000);
  }

  private static LotId lot(String id) {
    return new LotId("01/09520000000028/10/" + id);
  }
}
