package io.tracegram.ledger.custody;

import static io.tracegram.ledger.custody.FloorFixture.MINUTE;
import static io.tracegram.ledger.custody.FloorFixture.NOON;
import static io.tracegram.ledger.custody.FloorFixture.ORE;
import static io.tracegram.ledger.custody.FloorFixture.POWDER;
import static io.tracegram.ledger.custody.FloorFixture.code;
import static io.tracegram.ledger.custody.FloorFixture.epc;
import static io.tracegram.ledger.custody.FloorFixture.event;
import static io.tracegram.ledger.custody.FloorFixture.kilograms;
import static io.tracegram.ledger.custody.FloorFixture.lot;
import static io.tracegram.ledger.custody.FloorFixture.pallet;
import static io.tracegram.ledger.custody.FloorFixture.tote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.Floor.Outcome;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Tag;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tags mean that pass a portal. */
class FloorPortalsTest {
  private static final String PRIVATE = "E2003412DC03011812345678";

  private final FloorFixture at = new FloorFixture();
  private final LotId ore = lot(ORE, "A1");
  private final LotId item = LotId.ofSerial(POWDER, "S1");
  private final LotId other = LotId.ofSerial(POWDER, "S2");

  @BeforeEach
  void receive() {
    at.weighed(0, "mill-receive", ore, 100);
    at.weighed(1, "mill-receive", item, 5);
    at.weighed(2, "mill-receive", other, 6);
  }

  @Test
  void anItemIsUsedOrShippedByItsTag() {
    assertThat(at.tags(10, "mill-arch", epc(item)).getFirst().text()).startsWith("Took 5 kg of S1");
    CustodyEvent shipped = event(at.tags(11, "oven-gate", epc(other)).getFirst());
    assertThat(shipped.type()).isEqualTo(CustodyEvent.Type.SHIPPED);
    assertThat(shipped.readPoint()).isEqualTo("oven-gate");
    assertThat(shipped.outputs()).containsExactly(new LotQuantity(other, kilograms(6)));
  }

  @Test
  void tagsSeenTogetherAreEventsOfOneCauseThatAreNumbered() {
    List<Outcome> seen = at.tags(10, "oven-gate", epc(item), epc(other));
    assertThat(seen)
        .flatExtracting(Outcome::events)
        .extracting(e -> e.detail().part())
        .containsExactly(0, 1);
    assertThat(seen).flatExtracting(Outcome::events).extracting(CustodyEvent::cause).hasSize(2);
  }

  @Test
  void aTagCountsOnceUntilItHasBeenAwayForFiveMinutes() {
    for (int second = 0; second <= 600; second += 60) {
      assertThat(at.tagsAt(NOON + 10 * MINUTE + second * 1_000L, "oven-gate", epc(item)))
          .hasSize(second == 0 ? 1 : 0);
      at.restart();
    }
    List<Outcome> again = at.tags(20 + 5, "oven-gate", epc(item));
    assertThat(again).hasSize(1);
    assertThat(code(again.getFirst())).isEqualTo("custody.lot-used-up");
    assertThat(at.tags(25, "mill-arch", epc(item))).as("another portal").hasSize(1);
  }

  @Test
  void aPalletsTagShipsAllThatIsInIt() {
    at.unit(10, "mill-pack", pallet(1));
    at.label(11, "mill-pack", ore);
    at.label(12, "mill-pack", item);
    at.card(13, "mill-pack", "FINISH");
    CustodyEvent shipped = event(at.tags(20, "oven-gate", epc(pallet(1))).getFirst());
    assertThat(shipped.detail().units()).containsExactly(pallet(1));
    assertThat(shipped.outputs()).hasSize(2);
  }

  @Test
  void aTableWithAReaderBindsALotToATagAndThePortalKnowsIt() {
    assertThat(at.tags(10, "mill-table", PRIVATE).getFirst().text()).startsWith("Binds to urn:epc");
    at.label(11, "mill-pack", ore);
    CustodyEvent bound = event(at.card(12, "mill-pack", "FINISH"));
    assertThat(bound.type()).isEqualTo(CustodyEvent.Type.ASSOCIATED);
    assertThat(bound.detail().units().getFirst().path()).isEqualTo("urn:epc:raw:96.x" + PRIVATE);
    CustodyEvent used = event(at.tags(20, "mill-arch", PRIVATE).getFirst());
    assertThat(used.type()).isEqualTo(CustodyEvent.Type.DISSOCIATED);
    assertThat(at.floor.stock(ore).orElseThrow().place()).isEqualTo(Stock.Place.CONSUMED);
  }

  @Test
  void itemsOnATableGoIntoTheToteOnIt() {
    at.tags(10, "mill-table", epc(tote(3)), epc(item), epc(other));
    assertThat(event(at.card(11, "mill-pack", "FINISH")).outputs()).hasSize(2);
  }

  @Test
  void aCardIsNotForWhatPassesAPortal() {
    at.card(5, "mill-in", "SPLIT");
    assertThat(at.tags(10, "mill-arch", epc(item)).getFirst().text()).startsWith("Took 5 kg of S1");
  }

  @Test
  void tagsThatFindTheirOutputsWaitingEachMakeAnOrder() {
    at.weighed(12, "mill-out", lot(POWDER, "P"), 5);
    at.weighed(20, "mill-out", lot(POWDER, "Q"), 6);

    List<Outcome> seen = read(10, 15);

    assertThat(seen).flatExtracting(Outcome::events).hasSize(2);
    assertThat(seen)
        .flatExtracting(Outcome::events)
        .extracting(event -> made(event.order()))
        .containsExactly(lot(POWDER, "P"), lot(POWDER, "Q"));
  }

  @Test
  void tagsToldAfterTheNextOrderBeganEachMakeAnOrder() {
    at.weighed(12, "mill-out", lot(POWDER, "P"), 5);
    at.weighed(20, "mill-out", lot(POWDER, "Q"), 6);
    at.label(30, "mill-hand", ore);

    List<Outcome> seen = read(10, 15);

    assertThat(seen)
        .flatExtracting(Outcome::events)
        .extracting(event -> made(event.order()))
        .containsExactly(lot(POWDER, "P"), lot(POWDER, "Q"));
    assertThat(at.floor.runningOrders()).hasSize(1);
  }

  /** 5 kg make P; 50 and 6 kg make Q by 35; what was put in at 40 begins the next order. */
  @Test
  void whatIsLeftOfAnOrderThatATagEndsIsAnOrderOfItsOwn() {
    at.weighed(20, "mill-out", lot(POWDER, "P"), 5);
    at.weighed(35, "mill-out", lot(POWDER, "Q"), 56);
    at.weighed(30, "mill-in", ore, 50);
    at.weighed(40, "mill-in", ore, 50);

    List<Outcome> seen = read(10, 32);

    assertThat(seen)
        .flatExtracting(Outcome::events)
        .extracting(event -> made(event.order()))
        .containsExactly(lot(POWDER, "P"), lot(POWDER, "Q"));
    assertThat(at.floor.runningOrders())
        .singleElement()
        .satisfies(
            rest -> {
              assertThat(rest.startMillis()).isEqualTo(NOON + 40 * MINUTE);
              assertThat(rest.in()).isEqualTo(kilograms(50));
            });
  }

  @Test
  void whatNeedsAWeightIsRefused() {
    LotId unknown = LotId.ofSerial(POWDER, "S9");
    assertThat(code(at.tags(10, "mill-door", epc(unknown)).getFirst()))
        .isEqualTo("custody.no-scale");
  }

  @Test
  void strangeTagsAndPortalsAreRefusedWithOneSubject() {
    for (String epc : List.of(PRIVATE, epc(pallet(5)), epc(LotId.ofSerial(POWDER, "S9")))) {
      Outcome refused = at.tags(10, "oven-gate", epc).getFirst();
      assertThat(code(refused)).isEqualTo("custody.unknown-tag");
      assertThat(((Outcome.Refused) refused).subject()).isEqualTo("oven-gate");
    }
    assertThat(code(at.tags(10, "oven-door", PRIVATE).getFirst()))
        .isEqualTo("custody.unknown-portal");
  }

  @Test
  void whatAPortalReadIsUndoneByACardThatNamesIt() {
    at.tags(10, "oven-gate", epc(item), epc(other));

    CustodyEvent undone = event(at.card(11, "mill-in", "UNDO:oven-gate"));

    assertThat(undone.type()).isEqualTo(CustodyEvent.Type.SHIPPED);
    assertThat(undone.outputs())
        .as("the last of them")
        .extracting(LotQuantity::lot)
        .containsExactly(other);
    assertThat(at.floor.stock(other).orElseThrow().place()).isEqualTo(Stock.Place.RECEIVED);
    assertThat(at.floor.stock(item).orElseThrow().place()).isEqualTo(Stock.Place.SHIPPED);
    at.restart();
    at.card(12, "mill-in", "UNDO:oven-gate");
    assertThat(at.floor.stock(item).orElseThrow().place()).isEqualTo(Stock.Place.RECEIVED);
    assertThat(code(at.card(13, "mill-in", "UNDO:oven-gate"))).isEqualTo("custody.nothing-to-undo");
    assertThat(code(at.card(14, "mill-in", "UNDO:gate"))).isEqualTo("custody.unknown-portal");
  }

  @Test
  void aFloodOfStrangeTagsDoesNotFillTheMemory() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String epc = "E2%022X".formatted(random.nextLong() >>> 1);
      at.tags(10, i % 2 == 0 ? "oven-gate" : "mill-table", epc);
    }
    Floor.State state = at.floor.state();
    assertThat(state.benches().tags()).hasSizeLessThanOrEqualTo(4_096);
    assertThat(state.benches().opened()).hasSize(1);
    assertThat(state.units()).isEmpty();
    assertThat(state.benches().taken().get("mill-table")).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void anEpcOfTheWrongLengthIsNoTag() {
    for (int length : new int[] {0, 11, 63}) {
      assertThatThrownBy(() -> new Tag(Content.of(new byte[length]), 1, 0, 0, 0, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("12 to 62 bytes");
    }
  }

  /** The item, and the other one later, told at once. */
  private List<Outcome> read(long minute, long later) {
    return at.read(
        "mill-arch",
        List.of(
            FloorFixture.tag(NOON + minute * MINUTE, epc(item)),
            FloorFixture.tag(NOON + later * MINUTE, epc(other))));
  }

  private LotId made(String order) {
    return at.floor.order(order).orElseThrow().outputs().getFirst().lot();
  }
}
