package io.tracegram.ledger.custody;

import static io.tracegram.ledger.custody.FloorFixture.CAKE;
import static io.tracegram.ledger.custody.FloorFixture.ORE;
import static io.tracegram.ledger.custody.FloorFixture.POWDER;
import static io.tracegram.ledger.custody.FloorFixture.code;
import static io.tracegram.ledger.custody.FloorFixture.event;
import static io.tracegram.ledger.custody.FloorFixture.found;
import static io.tracegram.ledger.custody.FloorFixture.kilograms;
import static io.tracegram.ledger.custody.FloorFixture.lot;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.Floor.Outcome;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.Walk;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scans that reach the log after later ones, and weights that do not fit their scans. */
class LateScanTest {
  private static final long DAY = 24 * 60;

  private final FloorFixture at = new FloorFixture();
  private final LotId first = lot(ORE, "A1");
  private final LotId second = lot(ORE, "A2");
  private final LotId powder = lot(POWDER, "P1");

  @BeforeEach
  void receive() {
    at.weighed(0, "mill-receive", first, 100);
    at.weighed(1, "mill-receive", second, 100);
  }

  @Test
  void anInputOfAFinishedOrderJoinsIt() {
    at.weighed(10, "mill-in", first, 100);
    CustodyEvent made = event(at.weighed(20, "mill-out", powder, 95));
    Outcome late = at.label(15, "mill-hand", second);

    assertThat(found(late)).containsExactly("custody.late-input");
    assertThat(event(late).order()).isEqualTo(made.order());
    assertThat(event(late).inputs()).containsExactly(new LotQuantity(second, kilograms(100)));
    assertThat(at.floor.order(made.order()).orElseThrow().inputs()).hasSize(2);
    assertThat(at.floor.runningOrders()).isEmpty();
  }

  @Test
  void anInputBeforeTheFirstOneMovesTheBeginningOfItsOrder() {
    at.weighed(10, "mill-in", first, 100);
    CustodyEvent made = event(at.weighed(20, "mill-out", powder, 95));
    at.label(5, "mill-hand", second);
    assertThat(at.floor.order(made.order()).orElseThrow().startMillis())
        .isEqualTo(FloorFixture.NOON + 5 * FloorFixture.MINUTE);
  }

  @Test
  void anOutputBeforeItsInputWaitsForIt() {
    assertThat(at.weighed(20, "mill-out", powder, 150).text()).startsWith("Kept");
    at.restart();
    at.label(10, "mill-hand", first);
    assertThat(at.floor.stock(powder)).as("100 kg do not make 150").isEmpty();
    CustodyEvent made = event(at.label(11, "mill-hand", second));
    assertThat(made.eventMillis()).isEqualTo(FloorFixture.NOON + 20 * FloorFixture.MINUTE);
    assertThat(made.inputs()).hasSize(2);
    assertThat(at.floor.stock(powder)).isPresent();
  }

  @Test
  void anOutputThatComesAfterTheNextInputLeavesThatToTheNextOrder() {
    at.label(10, "mill-hand", first);
    at.label(30, "mill-hand", second);
    CustodyEvent made = event(at.weighed(20, "mill-out", powder, 95));
    assertThat(made.inputs()).containsExactly(new LotQuantity(first, kilograms(100)));
    Order next = at.floor.runningOrders().getFirst();
    assertThat(next.inputs()).containsExactly(new LotQuantity(second, kilograms(100)));
    assertThat(next.startMillis()).isEqualTo(FloorFixture.NOON + 30 * FloorFixture.MINUTE);
    assertThat(next.id()).isNotEqualTo(made.order());
  }

  @Test
  void anOrderThatIsToldAfterTheNextOneBeganIsMadeInItsPlace() {
    at.label(30, "mill-hand", second);
    at.weighed(20, "mill-out", powder, 95);
    CustodyEvent made = event(at.weighed(10, "mill-in", first, 100));
    assertThat(made.inputs()).containsExactly(new LotQuantity(first, kilograms(100)));
    assertThat(at.floor.runningOrders()).hasSize(1);
  }

  @Test
  void anOutputWithoutInputIsRefusedAfterTwelveHours() {
    at.weighed(20, "mill-out", powder, 95);
    Outcome later = at.label(20 + DAY / 2 + 1, "mill-hand", first);
    assertThat(found(later)).containsExactly("custody.output-without-input");
    assertThat(at.floor.stock(powder)).isEmpty();
  }

  @Test
  void aScanOlderThanADayIsRefused() {
    at.label(20 + DAY, "mill-hand", first);
    assertThat(code(at.label(10, "oven-hand", second))).isEqualTo("custody.too-late");
  }

  @Test
  void scansOfOneScannerOutOfOrderAreFound() {
    at.label(20, "mill-hand", first);
    assertThat(found(at.label(19, "mill-hand", second))).containsExactly("custody.out-of-order");
  }

  @Test
  void aWeightThatComesTooLateIsNotPaired() {
    at.label(10, "mill-in", first);
    assertThat(code(at.weight(21, "mill-in", 100))).isEqualTo("custody.weight-late");
    assertThat(at.weight(22, "mill-in", 100)).isInstanceOf(Outcome.Noted.class);
    assertThat(at.floor.runningOrders()).isEmpty();
  }

  @Test
  void aSecondScanBeforeTheWeightReplacesTheFirstAndSaysSo() {
    at.label(10, "mill-in", first);
    Outcome replaced = at.label(11, "mill-in", second);
    assertThat(replaced.findings().getFirst().code()).isEqualTo("custody.weight-missed");
    assertThat(replaced.findings().getFirst().subject()).isEqualTo(first.path());
    at.weight(12, "mill-in", 100);
    assertThat(at.floor.runningOrders().getFirst().inputs())
        .containsExactly(new LotQuantity(second, kilograms(100)));
  }

  @Test
  void absurdWeightsAreRefused() {
    for (long milligrams : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      at.label(10, "mill-in", first);
      assertThat(
              code(
                  at.milligrams(
                      FloorFixture.NOON + 11 * FloorFixture.MINUTE, "mill-in", milligrams)))
          .isIn("custody.no-mass", "custody.beyond-scale");
    }
    assertThat(at.floor.stock(first).orElseThrow().remaining()).isEqualTo(kilograms(100));
  }

  @Test
  void aLotAtTwoPlacesAtOnceIsFound() {
    at.label(10, "mill-in", first);
    assertThat(found(at.label(10, "oven-in", first))).containsExactly("custody.two-places");
  }

  @Test
  void aLotIsConsumedAndShippedOnlyOnceAndNotBeyondItsStock() {
    assertThat(code(at.weighed(10, "mill-in", first, 101))).isEqualTo("custody.beyond-stock");
    at.label(11, "mill-ship", first);
    assertThat(code(at.label(12, "mill-ship", first))).isEqualTo("custody.lot-used-up");
    assertThat(code(at.label(13, "mill-hand", first))).isEqualTo("custody.lot-used-up");
    assertThat(code(at.label(13, "mill-hand", lot(CAKE, "C1")))).isEqualTo("custody.unknown-lot");
  }

  @Test
  void aWorkstationThatIsFarIsReachedNoSoonerThanItSays() {
    FloorFixture far = new FloorFixture(Additions.NONE.withWalks(List.of(new Walk("oven", 90))));
    LotId lot = lot(ORE, "A1");
    far.weighed(0, "mill-receive", lot, 10);

    Outcome tooFast = far.label(1, "oven-in", lot);
    assertThat(found(tooFast)).containsExactly("custody.two-places");
    assertThat(tooFast.findings().getFirst().reason())
        .isEqualTo("scanned at mill and at oven within 90 seconds");
    assertThat(found(far.label(3, "mill-hand", lot))).doesNotContain("custody.two-places");
  }
}
