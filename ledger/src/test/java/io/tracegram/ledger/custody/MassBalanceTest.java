package io.tracegram.ledger.custody;

import static io.tracegram.ledger.custody.FloorFixture.DUST;
import static io.tracegram.ledger.custody.FloorFixture.ORE;
import static io.tracegram.ledger.custody.FloorFixture.POWDER;
import static io.tracegram.ledger.custody.FloorFixture.kilograms;
import static io.tracegram.ledger.custody.FloorFixture.lot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tracegram.ledger.quantity.Mass;
import org.junit.jupiter.api.Test;

/** A morning that can be checked with a pencil. */
class MassBalanceTest {
  private static final long QUARTER = MassFlows.QUARTER;
  private static final long START = FloorFixture.NOON / QUARTER * QUARTER;
  private static final long HOUR = 4 * QUARTER;

  private final FloorFixture at = new FloorFixture(FloorFixture.rules());

  /** Received 100 and 50; milled 120 into 100 powder and 15 dust; 10 ore scrapped; all shipped. */
  @Test
  void everyKilogramOfTheDayIsTold() {
    at.weighed(0, "mill-receive", lot(ORE, "A"), 100);
    at.weighed(1, "mill-receive", lot(ORE, "B"), 50);
    at.card(70, "mill-in", "START");
    at.weighed(71, "mill-in", lot(ORE, "A"), 100);
    at.weighed(72, "mill-in", lot(ORE, "B"), 20);
    at.weighed(80, "mill-out", lot(DUST, "D"), 15);
    at.weighed(81, "mill-out", lot(POWDER, "P"), 100);
    MassBalance running = at.floor.balance(START, START + 2 * HOUR);
    assertThat(running.process().closing()).isEqualTo(kilograms(5));
    assertThat(running.process().lost()).isEqualTo(Mass.ZERO);
    at.card(90, "mill-in", "FINISH");
    at.card(91, "mill-in", "SCRAP");
    at.weighed(92, "mill-in", lot(ORE, "B"), 10);
    at.label(200, "mill-ship", lot(POWDER, "P"));
    at.label(201, "mill-ship", lot(DUST, "D"));

    MassBalance day = at.floor.balance(START, START + 4 * HOUR);

    MassBalance.Material ore = day.of(ORE);
    assertThat(ore.flow().received()).isEqualTo(kilograms(150));
    assertThat(ore.flow().consumed()).isEqualTo(kilograms(120));
    assertThat(ore.flow().scrapped()).isEqualTo(kilograms(10));
    assertThat(ore.closing()).isEqualTo(kilograms(20));
    assertThat(day.of(POWDER).flow())
        .isEqualTo(
            MaterialFlow.produced(kilograms(100)).plus(MaterialFlow.shipped(kilograms(100))));
    assertThat(day.of(DUST).flow())
        .isEqualTo(MaterialFlow.produced(kilograms(15)).plus(MaterialFlow.waste(kilograms(15))));
    assertThat(day.process())
        .isEqualTo(
            new MassBalance.InOrders(
                Mass.ZERO, kilograms(120), kilograms(115), kilograms(5), Mass.ZERO));
    assertThat(day.total().difference()).isEqualTo(Mass.ZERO);
    assertThat(day.total().opening()).isEqualTo(Mass.ZERO);

    MassBalance third = at.floor.balance(START + 3 * HOUR, START + 4 * HOUR);
    assertThat(third.of(POWDER).opening()).isEqualTo(kilograms(100));
    assertThat(third.of(POWDER).closing()).isEqualTo(Mass.ZERO);
  }

  @Test
  void whatIsUndoneIsTakenOffWhenItIsUndone() {
    at.weighed(0, "mill-receive", lot(ORE, "A"), 100);
    at.card(70, "mill-receive", "UNDO");

    MassBalance first = at.floor.balance(START, START + HOUR);
    assertThat(first.of(ORE).closing()).isEqualTo(kilograms(100));
    MassBalance second = at.floor.balance(START + HOUR, START + 2 * HOUR);
    assertThat(second.of(ORE).opening()).isEqualTo(kilograms(100));
    assertThat(second.of(ORE).flow().received()).isEqualTo(kilograms(-100));
    assertThat(second.of(ORE).closing()).isEqualTo(Mass.ZERO);
  }

  @Test
  void aTimeThatIsNoWholeQuarterIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at.floor.balance(START + 1, START + HOUR));
    assertThatIllegalArgumentException().isThrownBy(() -> at.floor.balance(START, START - QUARTER));
  }
}
