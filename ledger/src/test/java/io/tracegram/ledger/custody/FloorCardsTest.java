package io.tracegram.ledger.custody;

import static io.tracegram.ledger.custody.FloorFixture.CAKE;
import static io.tracegram.ledger.custody.FloorFixture.DUST;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the action cards mean. */
class FloorCardsTest {
  private final FloorFixture at = new FloorFixture(FloorFixture.rules());
  private final LotId ore = lot(ORE, "A1");
  private final LotId powder = lot(POWDER, "P1");
  private final LotId cake = lot(CAKE, "C1");

  @BeforeEach
  void receive() {
    assertThat(event(at.weighed(0, "mill-receive", ore, 100)).type())
        .isEqualTo(CustodyEvent.Type.RECEIVED);
  }

  @Test
  void anOrderThatACardBeganHasSeveralOutputsAndEndsByACard() {
    at.card(10, "mill-in", "START");
    Order opened = at.floor.runningOrders().getFirst();
    assertThat(opened.inputs()).isEmpty();
    assertThat(opened.startMillis()).isEqualTo(FloorFixture.NOON + 10 * FloorFixture.MINUTE);
    at.weighed(12, "mill-in", ore, 60);
    assertThat(at.weighed(20, "mill-out", powder, 85)).isInstanceOf(Outcome.Noted.class);
    at.weighed(21, "mill-in", ore, 40);
    at.weighed(25, "mill-out", lot(DUST, "D1"), 10);
    at.restart();

    Outcome finished = at.card(30, "mill-out", "FINISH");

    assertThat(finished.findings()).isEmpty();
    assertThat(finished.text())
        .isEqualTo("Finished %s: 95 kg out of 100 kg".formatted(opened.id()));
    assertThat(event(finished).outputs())
        .containsExactly(
            new LotQuantity(powder, kilograms(85)),
            new LotQuantity(lot(DUST, "D1"), kilograms(10)));
    assertThat(event(finished).order()).isEqualTo(opened.id());
    Order order = at.floor.order(opened.id()).orElseThrow();
    assertThat(order.outputs())
        .extracting(Order.Output::kind)
        .containsExactly(Order.Kind.PRODUCT, Order.Kind.WASTE);
    assertThat(order.endMillis()).isEqualTo(FloorFixture.NOON + 30 * FloorFixture.MINUTE);
    assertThat(((Outcome.Happened) finished).movements())
        .containsExactly(new Movement.Worked(order));
    assertThat(CustodyEventCodec.decode(CustodyEventCodec.encode(event(finished))))
        .isEqualTo(event(finished));
  }

  @Test
  void anOrderThatAnInputBeganEndsByItsProduct() {
    at.weighed(12, "mill-in", ore, 100);
    CustodyEvent made = event(at.weighed(20, "mill-out", powder, 95));
    assertThat(made.inputs()).containsExactly(new LotQuantity(ore, kilograms(100)));
    assertThat(at.floor.runningOrders()).isEmpty();
  }

  @Test
  void cardsAtTheWrongTimeAreRefused() {
    assertThat(code(at.card(1, "mill-in", "FINISH"))).isEqualTo("custody.finish-without-start");
    at.card(2, "mill-in", "START");
    assertThat(code(at.card(3, "mill-out", "START"))).isEqualTo("custody.already-started");
    at.weighed(4, "mill-in", ore, 100);
    assertThat(code(at.card(5, "mill-in", "FINISH"))).isEqualTo("custody.finish-without-output");
    assertThat(at.floor.runningOrders()).hasSize(1);
    Outcome unknown = at.card(6, "mill-in", "STOP");
    assertThat(code(unknown)).isEqualTo("custody.unknown-card");
    assertThat(unknown.text()).contains("TGM:START", "TGM:UNDO");
  }

  @Test
  void moreOutThanInIsRefusedAtTheFinish() {
    at.card(2, "mill-in", "START");
    at.weighed(4, "mill-in", ore, 50);
    at.weighed(5, "mill-out", powder, 60);
    assertThat(code(at.card(6, "mill-in", "FINISH"))).isEqualTo("custody.mass-gate");
    at.weighed(7, "mill-in", ore, 20);
    assertThat(event(at.card(8, "mill-in", "FINISH")).type())
        .isEqualTo(CustodyEvent.Type.TRANSFORMED);
  }

  @Test
  void lessOutThanDeclaredIsFoundAndSoIsAYieldOutsideItsBand() {
    at.weighed(12, "mill-in", ore, 100);
    assertThat(found(at.weighed(20, "mill-out", powder, 70)))
        .containsExactly("custody.mass-missing", "custody.yield");
  }

  @Test
  void scrapOfAnOrderIsAnOutputAndALotIsScrappedWholeOrByWeight() {
    at.weighed(12, "mill-in", ore, 60);
    at.card(13, "mill-out", "SCRAP");
    at.weighed(14, "mill-out", lot(POWDER, "S1"), 4);
    CustodyEvent made = event(at.weighed(20, "mill-out", powder, 54));
    assertThat(at.floor.order(made.order()).orElseThrow().outputs())
        .extracting(Order.Output::kind)
        .containsExactly(Order.Kind.SCRAP, Order.Kind.PRODUCT);

    at.card(30, "mill-in", "SCRAP");
    Outcome part = at.weighed(31, "mill-in", ore, 15);
    assertThat(event(part).type()).isEqualTo(CustodyEvent.Type.SCRAPPED);
    assertThat(((Outcome.Happened) part).movements())
        .containsExactly(new Movement.Scrapped(ore, kilograms(15)));
    at.card(32, "mill-hand", "SCRAP");
    at.label(33, "mill-hand", ore);
    Stock gone = at.floor.stock(ore).orElseThrow();
    assertThat(gone.remaining()).isEqualTo(kilograms(0));
    assertThat(gone.place()).isEqualTo(Stock.Place.SCRAPPED);
  }

  @Test
  void aSplitMakesLotsOfALotAndLeavesTheRest() {
    at.card(1, "mill-in", "SPLIT");
    assertThat(code(at.card(2, "mill-in", "START"))).isEqualTo("custody.split-open");
    at.label(2, "mill-in", ore);
    at.weighed(3, "mill-in", lot(ORE, "A1-1"), 30);
    at.weighed(4, "mill-out", lot(ORE, "A1-2"), 20);
    assertThat(code(at.weighed(5, "mill-in", lot(ORE, "A1-3"), 60))).isEqualTo("custody.mass-gate");
    assertThat(code(at.weighed(5, "mill-in", cake, 5))).isEqualTo("custody.split-material");
    at.restart();
    CustodyEvent split = event(at.card(6, "mill-in", "FINISH"));
    assertThat(split.type()).isEqualTo(CustodyEvent.Type.SPLIT);
    assertThat(split.inputs()).containsExactly(new LotQuantity(ore, kilograms(50)));
    assertThat(at.floor.stock(ore).orElseThrow().remaining()).isEqualTo(kilograms(50));
    assertThat(at.floor.stock(lot(ORE, "A1-2")).orElseThrow().remaining()).isEqualTo(kilograms(20));
    Order order = at.floor.order(split.order()).orElseThrow();
    assertThat(order.startMillis()).isEqualTo(order.endMillis());
  }

  @Test
  void reworkOfAWholeLotIsItsNextRevisionAndFound() {
    at.weighed(12, "mill-in", ore, 100);
    at.weighed(20, "mill-out", powder, 95);
    at.weighed(30, "oven-in", powder, 95);
    Outcome reworked = at.weighed(40, "oven-out", powder, 90);
    assertThat(found(reworked)).containsExactly("custody.rework");
    assertThat(at.floor.stock(powder).orElseThrow().revision()).isEqualTo(1);
  }

  @Test
  void aLotIsNotPutIntoTheOrderThatItDescendsFrom() {
    at.card(1, "mill-in", "START");
    at.weighed(2, "mill-in", ore, 100);
    at.weighed(3, "mill-out", powder, 85);
    at.weighed(4, "oven-in", powder, 85);
    at.weighed(5, "oven-out", cake, 80);
    assertThat(code(at.weighed(6, "mill-in", cake, 80))).isEqualTo("custody.cycle");
  }
}
