package io.tracegram.ledger.custody;

import static io.tracegram.ledger.custody.FloorFixture.CAKE;
import static io.tracegram.ledger.custody.FloorFixture.ORE;
import static io.tracegram.ledger.custody.FloorFixture.code;
import static io.tracegram.ledger.custody.FloorFixture.epc;
import static io.tracegram.ledger.custody.FloorFixture.event;
import static io.tracegram.ledger.custody.FloorFixture.found;
import static io.tracegram.ledger.custody.FloorFixture.kilograms;
import static io.tracegram.ledger.custody.FloorFixture.lot;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.Floor.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An oven in which each lot is an order of its own. */
class ParallelTest {
  private final FloorFixture at = new FloorFixture(FloorFixture.parallelOven());
  private final LotId a = lot(ORE, "A");
  private final LotId b = lot(ORE, "B");

  @Test
  void eachLotThatGoesInBeginsAnOrderThatItEndsByComingOut() {
    receive();
    at.weighed(10, "oven-in", a, 100);
    at.label(12, "oven-hand", b);
    assertThat(at.floor.runningOrders()).hasSize(2);
    at.restart();

    Outcome out = at.weighed(20, "oven-out", a, 90);

    assertThat(found(out)).isEmpty();
    assertThat(event(out).inputs()).containsExactly(new LotQuantity(a, kilograms(100)));
    assertThat(event(out).outputs()).containsExactly(new LotQuantity(a, kilograms(90)));
    assertThat(at.floor.runningOrders()).extracting(Order::inputs).hasSize(1);
    Stock stock = at.floor.stock(a).orElseThrow();
    assertThat(stock.revision()).isEqualTo(1);
    assertThat(stock.remaining()).isEqualTo(kilograms(90));
    assertThat(stock.firstMass()).isEqualTo(kilograms(100));
  }

  @Test
  void anOutputThatIsToldBeforeItsInputWaitsForIt() {
    receive();
    assertThat(at.weighed(20, "oven-out", a, 90).text()).startsWith("Kept");
    CustodyEvent event = event(at.label(10, "oven-hand", a));
    Order order = at.floor.order(event.order()).orElseThrow();
    assertThat(order.endMillis() - order.startMillis()).isEqualTo(10 * FloorFixture.MINUTE);
    assertThat(at.floor.runningOrders()).isEmpty();
  }

  @Test
  void whatACardBeginsThereTakesLotsTogetherAndOthersGoOn() {
    receive();
    at.label(10, "oven-hand", a);
    at.card(11, "oven-in", "START");
    at.label(12, "oven-hand", b);
    at.weighed(15, "oven-out", a, 100);
    at.weighed(20, "oven-out", lot(CAKE, "C"), 95);
    CustodyEvent batch = event(at.card(21, "oven-in", "FINISH"));
    assertThat(batch.inputs()).extracting(LotQuantity::lot).containsExactly(b);
    assertThat(batch.outputs()).extracting(LotQuantity::lot).containsExactly(lot(CAKE, "C"));
  }

  @Test
  void tagsThatPassAPortalTogetherBeginAnOrderEach() {
    LotId item = LotId.ofSerial(ORE, "S1");
    LotId other = LotId.ofSerial(ORE, "S2");
    at.weighed(1, "mill-receive", item, 5);
    at.weighed(2, "mill-receive", other, 6);
    assertThat(at.tags(10, "oven-arch", epc(item), epc(other))).hasSize(2);

    assertThat(at.floor.runningOrders())
        .extracting(Order::in)
        .containsExactlyInAnyOrder(kilograms(5), kilograms(6));
    event(at.weighed(20, "oven-out", item, 5));
    event(at.weighed(21, "oven-out", other, 6));
    assertThat(at.floor.runningOrders()).isEmpty();
  }

  @Test
  void anOvenOfTwoMetersTakesTwoHundredOrdersInAQuarterOfAnHour() {
    for (int n = 1; n <= 201; n++) {
      at.weighed(1, "mill-receive", lot(ORE, "L" + n), 1);
    }
    for (int n = 1; n <= 200; n++) {
      at.label(10, "oven-hand", lot(ORE, "L" + n));
    }
    assertThat(at.floor.runningOrders()).hasSize(200);
    assertThat(code(at.label(10, "oven-hand", lot(ORE, "L201")))).isEqualTo("custody.too-many");
  }

  @Test
  void aLotThatIsSpoiltInTheOvenEndsItsOrderAsScrap() {
    receive();
    at.label(10, "oven-hand", a);
    at.card(19, "oven-out", "SCRAP");
    CustodyEvent event = event(at.weighed(20, "oven-out", a, 90));
    assertThat(at.floor.order(event.order()).orElseThrow().outputs())
        .extracting(Order.Output::kind)
        .isEqualTo(List.of(Order.Kind.SCRAP));
  }

  @Test
  void refusesPartsMoreThanWentInAndWhatNeverWentIn() {
    receive();
    assertThat(code(at.weighed(10, "oven-in", a, 40))).isEqualTo("custody.part-in-parallel");
    at.label(11, "oven-hand", a);
    assertThat(code(at.label(12, "oven-hand", a))).isEqualTo("custody.lot-used-up");
    assertThat(code(at.weighed(13, "oven-out", a, 150))).isEqualTo("custody.mass-gate");
    assertThat(code(at.weighed(5, "oven-out", a, 90))).isEqualTo("custody.output-without-input");
    assertThat(code(at.card(14, "oven-in", "FINISH"))).isEqualTo("custody.finish-without-start");
    assertThat(at.floor.runningOrders()).hasSize(1);
  }

  @Test
  void anUndoneOutputIsInTheOvenStill() {
    receive();
    at.label(10, "oven-hand", a);
    at.weighed(20, "oven-out", a, 90);
    event(at.card(21, "oven-out", "UNDO"));
    assertThat(at.floor.runningOrders()).hasSize(1);
    assertThat(at.floor.stock(a).orElseThrow().revision()).isZero();
    event(at.weighed(25, "oven-out", a, 80));
    assertThat(at.floor.stock(a).orElseThrow().remaining()).isEqualTo(kilograms(80));
  }

  private void receive() {
    at.weighed(1, "mill-receive", a, 100);
    at.weighed(2, "mill-receive", b, 100);
  }
}
