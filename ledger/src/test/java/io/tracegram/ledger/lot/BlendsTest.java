package io.tracegram.ledger.lot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hand-checkable example of each rule of silos. */
class BlendsTest {
  private static final Absorption NOTHING =
      new Absorption(Absorption.Policy.NONE, Absorption.Key.MASS);
  private static final LotId A = lot("A");
  private static final LotId B = lot("B");
  private static final LotId D = lot("D");
  private static final LotId E = lot("E");

  private final LotGraph graph = new LotGraph(LotGraph.empty());

  @Test
  void aBlendOfTwoLotsIsDrawnByMass() {
    // 600 kg at 2.0 and 400 kg at 5.0: 3,200 kg CO2e in 1,000 kg
    carry(A, 600, 1_200);
    carry(B, 400, 2_000);
    pour(1, A, 600, 600);
    pour(2, B, 400, 1_000);
    draw(3, D, 2, 950);
    graph.closedThrough(3);

    assertThat(settle()).hasSize(3);
    assertThat(inherited(D)).as("950/1,000 of 3,200").isEqualTo(3_040_000_000_000L);
    assertThat(graph.rest(content(2)).orElseThrow().inherited()).isEqualTo(160_000_000_000L);
  }

  @Test
  void whatIsDrawnWaitsForAllThatWasPouredInBefore() {
    carry(A, 600, 1_200);
    pour(1, A, 600, 600);
    draw(2, D, 1, 300);
    pour(3, B, 400, 700);
    draw(4, E, 3, 100);
    graph.closedThrough(4);

    assertThat(settle()).extracting(Made::lot).containsExactly(content(1), D);
    carry(B, 400, 2_000);
    assertThat(settle()).extracting(Made::lot).containsExactly(content(3), E);
    assertThat(inherited(E)).as("a seventh of 600 + 2,000").isEqualTo(371_428_571_429L);
  }

  @Test
  void whatALotCarriesLateJoinsWhatIsInItsSiloNow() {
    carry(A, 600, 1_200);
    pour(1, A, 600, 600);
    draw(2, D, 1, 300);
    carry(B, 400, 2_000);
    pour(3, B, 400, 700);
    graph.closedThrough(3);
    settle();

    carry(A, 600, 1_500);
    assertThat(graph.isDue()).as("no lot is restated").isFalse();
    assertThat(inherited(D)).isEqualTo(600_000_000_000L);
    assertThat(graph.rest(content(3)).orElseThrow().inherited())
        .as("600 + 2,000 + 300")
        .isEqualTo(2_900_000_000_000L);

    draw(4, E, 3, 350);
    graph.closedThrough(4);
    settle();
    assertThat(inherited(E)).isEqualTo(1_450_000_000_000L);
  }

  @Test
  void whatComesTooLateForAnEmptySiloIsAVariance() {
    carry(A, 600, 1_200);
    pour(1, A, 600, 600);
    draw(2, D, 1, 600);
    graph.closedThrough(2);
    settle();
    carry(A, 600, 1_500);

    graph.closePeriod(0, 900_000, NOTHING);
    assertThat(graph.periods().getFirst().late().inherited()).isEqualTo(300_000_000_000L);
    assertThat(inherited(D)).isEqualTo(1_200_000_000_000L);
  }

  @Test
  void anUndonePourLeavesWhatCameLateInTheSilo() {
    carry(A, 600, 1_200);
    pour(1, A, 600, 600);
    carry(B, 400, 2_000);
    pour(3, B, 400, 1_000);
    graph.closedThrough(3);
    settle();
    carry(A, 600, 1_500);
    carry(B, 400, 2_600);

    graph.work(new Work("x@3", 3, 3, List.of(), List.of()));
    settle();

    assertThat(graph.rest(content(1)).orElseThrow().inherited()).isEqualTo(1_500_000_000_000L);
    assertThat(graph.rest(B).orElseThrow().inherited()).isEqualTo(2_600_000_000_000L);
    assertThat(graph.rest(content(3))).isEmpty();
  }

  @Test
  void aHundredThousandLotsInASiloAreMovedByNoneOfThem() {
    long mass = 0;
    for (int i = 1; i <= 100_000; i++) {
      LotId lot = lot("L" + i);
      carry(lot, 1, 2);
      pour(2L * i, lot, 1, mass + 1);
      draw(2L * i + 1, lot("D" + i), 2L * i, i % 2);
      mass += 1 - i % 2;
    }
    graph.closedThrough(200_001);
    assertThat(settle()).hasSize(150_000);

    carry(lot("L5"), 1, 50);

    assertThat(graph.isDue()).isFalse();
    assertThat(graph.rest(content(200_000)).orElseThrow().inherited())
        .isEqualTo((50_000 * 2 + 48) * 1_000_000_000L);
  }

  private void carry(LotId lot, long kilograms, long co2eKg) {
    graph.carry(lot, kg(kilograms), Burden.inherited(new Co2e(co2eKg * 1_000_000_000L), Co2e.ZERO));
  }

  private long before;

  /** Pours a lot in, at a time that is the content's number. */
  private void pour(long time, LotId lot, long kilograms, long then) {
    List<Work.Input> inputs = new ArrayList<>();
    if (then > kilograms) {
      inputs.add(new Work.Input(content(before), kg(then - kilograms)));
    }
    inputs.add(new Work.Input(lot, kg(kilograms)));
    Work.Output blend = new Work.Output(content(time), kg(then), true, Burden.NONE);
    graph.work(new Work("x@" + time, time, time, inputs, List.of(blend)));
    before = time;
  }

  private void draw(long time, LotId lot, long content, long kilograms) {
    if (kilograms > 0) {
      graph.work(
          new Work(
              "x@" + time,
              time,
              time,
              List.of(new Work.Input(content(content), kg(kilograms))),
              List.of(new Work.Output(lot, kg(kilograms), true, Burden.NONE))));
    }
  }

  private long inherited(LotId lot) {
    return graph.carried(lot).orElseThrow().inherited();
  }

  private List<Made> settle() {
    return graph.settle(Basis.LB_ANNUAL, NOTHING, Integer.MAX_VALUE);
  }

  private static LotId content(long time) {
    return LotId.ofContent("09520000000028", "bin", time);
  }

  private static LotId lot(String number) {
    return LotId.ofLot("09520000000028", number);
  }

  private static Mass kg(long kilograms) {
    return new Mass(kilograms * 1_000_000);
  }
}
