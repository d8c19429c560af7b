package io.tracegram.ledger.custody;

import static io.tracegram.ledger.custody.FloorFixture.ORE;
import static io.tracegram.ledger.custody.FloorFixture.POWDER;
import static io.tracegram.ledger.custody.FloorFixture.code;
import static io.tracegram.ledger.custody.FloorFixture.event;
import static io.tracegram.ledger.custody.FloorFixture.kilograms;
import static io.tracegram.ledger.custody.FloorFixture.lot;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.Floor.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UndoTest {
  private final FloorFixture at = new FloorFixture();
  private final LotId ore = lot(ORE, "A1");

  @Test
  void aReceivedLotIsTakenBackAsAnErrorOfTheSameEvent() {
    CustodyEvent received = event(at.weighed(0, "mill-receive", ore, 100));
    at.restart();
    Outcome undone = at.card(5, "mill-receive", "UNDO");
    CustodyEvent error = event(undone);
    assertThat(error.cause()).isEqualTo(received.cause());
    assertThat(error.error().orElseThrow().declaredMillis())
        .isEqualTo(FloorFixture.NOON + 5 * FloorFixture.MINUTE);
    assertThat(error)
        .isEqualTo(
            received.inError(
                error.error().orElseThrow().declaredMillis(), error.error().orElseThrow().leaf()));
    assertThat(CustodyEventCodec.decode(CustodyEventCodec.encode(error))).isEqualTo(error);
    assertThat(((Outcome.Happened) undone).movements())
        .containsExactly(
            new Movement.Corrected(
                new Movement.Received(ore, kilograms(100), received.eventMillis())));
    assertThat(at.floor.stock(ore)).isEmpty();
    assertThat(code(at.card(6, "mill-receive", "UNDO"))).isEqualTo("custody.nothing-to-undo");
  }

  @Test
  void whatSomethingRestsOnIsNotUndoneAndTheReasonNamesIt() {
    at.weighed(0, "mill-receive", ore, 100);
    at.weighed(1, "mill-in", ore, 100);
    Outcome refused = at.card(2, "mill-receive", "UNDO");
    assertThat(code(refused)).isEqualTo("custody.undo-rests");
    assertThat(refused.text()).contains("was consumed in mill@");
  }

  @Test
  void eachScannerUndoesItsOwnScansLastFirst() {
    at.weighed(0, "mill-receive", ore, 100);
    at.weighed(1, "mill-in", ore, 60);
    at.weighed(2, "mill-in", ore, 40);
    at.weighed(3, "mill-out", lot(POWDER, "P1"), 95);
    assertThat(code(at.card(4, "mill-in", "UNDO"))).isEqualTo("custody.undo-rests");
    assertThat(event(at.card(4, "mill-out", "UNDO")).error()).isPresent();
    assertThat(at.floor.runningOrders()).hasSize(1);
    at.card(5, "mill-in", "UNDO");
    assertThat(at.floor.stock(ore).orElseThrow().remaining()).isEqualTo(kilograms(40));
    Outcome last = at.card(6, "mill-in", "UNDO");
    assertThat(((Outcome.Noted) last).movements())
        .singleElement()
        .isInstanceOfSatisfying(
            Movement.Worked.class, worked -> assertThat(worked.order().inputs()).isEmpty());
    assertThat(at.floor.runningOrders()).isEmpty();
    assertThat(at.floor.stock(ore).map(Stock::remaining)).isEqualTo(Optional.of(kilograms(100)));
  }

  @Test
  void aScanThatWaitsForItsWeightIsTakenBack() {
    at.label(0, "mill-receive", ore);
    at.card(1, "mill-receive", "UNDO");
    at.weight(2, "mill-receive", 100);
    assertThat(at.floor.stock(ore)).isEmpty();
  }

  @Test
  void whatIsOlderThanEightHoursStays() {
    at.weighed(0, "mill-receive", ore, 100);
    assertThat(code(at.card(8 * 60 + 1, "mill-receive", "UNDO")))
        .isEqualTo("custody.nothing-to-undo");
  }
}
