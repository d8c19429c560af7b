package io.tracegram.ledger.custody;

import static io.tracegram.ledger.custody.FloorFixture.ORE;
import static io.tracegram.ledger.custody.FloorFixture.POWDER;
import static io.tracegram.ledger.custody.FloorFixture.code;
import static io.tracegram.ledger.custody.FloorFixture.event;
import static io.tracegram.ledger.custody.FloorFixture.kilograms;
import static io.tracegram.ledger.custody.FloorFixture.lot;
import static io.tracegram.ledger.custody.FloorFixture.pallet;
import static io.tracegram.ledger.custody.FloorFixture.tote;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.Floor.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pallets are packed, unpacked and shipped whole; lots are bound to totes. */
class FloorUnitsTest {
  private final FloorFixture at = new FloorFixture();
  private final LotId ore = lot(ORE, "A1");
  private final LotId more = lot(ORE, "A2");
  private final LotId item = LotId.ofSerial(POWDER, "S1");
  private final ContainerId pallet = pallet(1);
  private final ContainerId tote = tote(7);

  @BeforeEach
  void receive() {
    at.weighed(0, "mill-receive", ore, 100);
    at.weighed(1, "mill-receive", more, 60);
    at.weighed(2, "mill-receive", item, 5);
  }

  private Outcome pack(long minute, ContainerId unit, LotId... lots) {
    at.unit(minute, "mill-pack", unit);
    for (LotId lot : lots) {
      assertThat(at.label(minute, "mill-pack", lot)).isInstanceOf(Outcome.Noted.class);
    }
    return at.card(minute, "mill-pack", "FINISH");
  }

  @Test
  void aPalletIsPackedBetweenItsLabelAndTheFinish() {
    assertThat(at.unit(10, "mill-pack", pallet).text())
        .isEqualTo("Packs into %s: scan what goes in, then TGM:FINISH".formatted(pallet.number()));
    assertThat(at.label(11, "mill-pack", ore).text()).startsWith("A1 is number 1 in");
    at.label(12, "mill-pack", item);
    at.restart();
    CustodyEvent packed = event(at.card(13, "mill-pack", "FINISH"));
    assertThat(packed.type()).isEqualTo(CustodyEvent.Type.PACKED);
    assertThat(packed.detail().units()).containsExactly(pallet);
    assertThat(packed.outputs())
        .containsExactly(new LotQuantity(ore, kilograms(100)), new LotQuantity(item, kilograms(5)));
    assertThat(at.floor.unitOf(ore)).contains(pallet);
    assertThat(at.floor.unitOf(more)).isEmpty();
    assertThat(CustodyEventCodec.decode(CustodyEventCodec.encode(packed))).isEqualTo(packed);
  }

  @Test
  void theNextPalletEndsTheOneBefore() {
    at.unit(10, "mill-pack", pallet);
    at.label(11, "mill-pack", ore);
    CustodyEvent first = event(at.unit(12, "mill-pack", pallet(2)));
    assertThat(first.detail().units()).containsExactly(pallet);
    at.label(13, "mill-pack", more);
    assertThat(event(at.card(14, "mill-pack", "FINISH")).detail().units())
        .containsExactly(pallet(2));
  }

  @Test
  void whatWasPackedBeforeIsNotToldAgain() {
    pack(10, pallet, ore);
    assertThat(event(pack(20, pallet, more)).outputs())
        .containsExactly(new LotQuantity(more, kilograms(60)));
  }

  @Test
  void aPackedLotIsNeitherUsedNorScrappedNorSplitNorShippedNorPackedTwice() {
    pack(10, pallet, ore);
    for (String scanner : List.of("mill-in", "mill-hand", "mill-scrap", "mill-ship")) {
      Outcome refused = at.weighed(11, scanner, ore, 10);
      assertThat(code(refused)).as(scanner).isEqualTo("custody.packed");
      assertThat(refused.text()).contains(pallet.number());
    }
    at.card(12, "mill-in", "SPLIT");
    assertThat(code(at.label(13, "mill-in", ore))).isEqualTo("custody.packed");
    at.unit(14, "oven-pack", pallet(2));
    assertThat(code(at.label(15, "oven-pack", ore))).isEqualTo("custody.packed");
  }

  @Test
  void unpackingTheUnitTakesAllOutAndALotOnlyItself() {
    pack(10, pallet, ore, more, item);
    CustodyEvent one = event(at.label(20, "oven-unpack", item));
    assertThat(one.type()).isEqualTo(CustodyEvent.Type.UNPACKED);
    assertThat(one.detail().units()).containsExactly(pallet);
    assertThat(one.outputs()).containsExactly(new LotQuantity(item, kilograms(5)));
    assertThat(event(at.unit(21, "oven-unpack", pallet)).outputs()).hasSize(2);
    assertThat(at.floor.state().units()).isEmpty();
    assertThat(code(at.unit(22, "oven-unpack", pallet))).isEqualTo("custody.unit-empty");
    assertThat(code(at.label(23, "oven-unpack", ore))).isEqualTo("custody.not-packed");
    assertThat(at.weighed(24, "mill-in", ore, 100)).isInstanceOf(Outcome.Noted.class);
  }

  @Test
  void aPalletShipsWithAllThatIsInIt() {
    pack(10, pallet, ore, item);
    Outcome shipped = at.unit(20, "mill-ship", pallet);
    CustodyEvent event = event(shipped);
    assertThat(event.type()).isEqualTo(CustodyEvent.Type.SHIPPED);
    assertThat(event.detail().units()).containsExactly(pallet);
    assertThat(event.outputs())
        .containsExactly(new LotQuantity(ore, kilograms(100)), new LotQuantity(item, kilograms(5)));
    assertThat(((Outcome.Happened) shipped).movements())
        .containsExactly(
            new Movement.Shipped(ore, kilograms(100)), new Movement.Shipped(item, kilograms(5)));
    assertThat(at.floor.stock(ore).orElseThrow().place()).isEqualTo(Stock.Place.SHIPPED);
    assertThat(code(at.unit(21, "mill-ship", pallet))).isEqualTo("custody.unit-shipped");
    assertThat(code(at.unit(22, "mill-pack", pallet))).isEqualTo("custody.unit-shipped");
    assertThat(at.floor.unitOf(ore)).contains(pallet);
  }

  @Test
  void eachActIsUndoneAsOne() {
    pack(10, pallet, ore, item);
    at.unit(20, "mill-ship", pallet);
    Outcome unshipped = at.card(21, "mill-ship", "UNDO");
    assertThat(event(unshipped).error()).isPresent();
    assertThat(event(unshipped).detail().units()).containsExactly(pallet);
    assertThat(((Outcome.Happened) unshipped).movements()).hasSize(2);
    assertThat(at.floor.stock(item).orElseThrow().remaining()).isEqualTo(kilograms(5));

    at.unit(30, "mill-unpack", pallet);
    assertThat(code(at.card(31, "mill-pack", "UNDO"))).isEqualTo("custody.undo-rests");
    at.card(32, "mill-unpack", "UNDO");
    assertThat(at.floor.unitOf(ore)).contains(pallet);

    assertThat(event(at.card(33, "mill-pack", "UNDO")).type()).isEqualTo(CustodyEvent.Type.PACKED);
    at.card(34, "mill-pack", "UNDO");
    assertThat(at.floor.unitOf(item)).isEmpty();
    assertThat(event(at.card(35, "mill-pack", "FINISH")).outputs()).hasSize(1);
  }

  @Test
  void theReceiptOfAPackedLotIsNotUndone() {
    pack(10, pallet, ore, more, item);
    Outcome refused = at.card(11, "mill-receive", "UNDO");
    assertThat(code(refused)).isEqualTo("custody.undo-rests");
    assertThat(refused.text()).contains(pallet.number());
  }

  @Test
  void aLotBoundToAToteIsUsedOutOfItAndLoosenedWhenItIsUsedUp() {
    CustodyEvent bound = event(pack(10, tote, ore));
    assertThat(bound.type()).isEqualTo(CustodyEvent.Type.ASSOCIATED);
    assertThat(at.weighed(11, "mill-in", ore, 40)).isInstanceOf(Outcome.Noted.class);
    assertThat(at.floor.unitOf(ore)).contains(tote);
    assertThat(code(at.label(12, "mill-ship", ore))).isEqualTo("custody.packed");
    at.unit(13, "mill-in", tote);
    Outcome usedUp = at.weight(13, "mill-in", 60);
    assertThat(event(usedUp).type()).isEqualTo(CustodyEvent.Type.DISSOCIATED);
    assertThat(event(usedUp).outputs()).containsExactly(new LotQuantity(ore, kilograms(60)));
    assertThat(at.floor.unitOf(ore)).isEmpty();
    at.card(14, "mill-in", "UNDO");
    assertThat(at.floor.unitOf(ore)).contains(tote);
  }

  @Test
  void scrappingWhatIsInAToteIsTwoEventsOfOneCause() {
    pack(10, tote, item);
    at.unit(11, "mill-scrap", tote);
    Outcome scrapped = at.weight(11, "mill-scrap", 5);
    assertThat(scrapped.events())
        .extracting(CustodyEvent::type)
        .containsExactly(CustodyEvent.Type.SCRAPPED, CustodyEvent.Type.DISSOCIATED);
    assertThat(scrapped.events()).extracting(e -> e.detail().part()).containsExactly(0, 1);
    Outcome undone = at.card(12, "mill-scrap", "UNDO");
    assertThat(undone.events()).hasSize(2).allMatch(e -> e.error().isPresent());
  }

  @Test
  void aToteComesBackAndIsBoundAgain() {
    pack(10, tote, ore);
    at.unit(11, "mill-ship", tote);
    assertThat(event(pack(12, tote, more)).outputs()).hasSize(1);
    assertThat(at.floor.unitOf(ore)).isEmpty();
    assertThat(at.floor.unitOf(more)).contains(tote);
  }

  @Test
  void aUnitThatIsBeingPackedIsLeftAlone() {
    at.unit(10, "mill-pack", pallet);
    at.label(11, "mill-pack", ore);
    for (String scanner : List.of("mill-pack", "oven-pack", "oven-unpack", "mill-ship")) {
      assertThat(code(at.unit(12, scanner, pallet))).isEqualTo("custody.unit-open");
    }
    assertThat(code(at.label(13, "oven-unpack", ore))).isEqualTo("custody.unit-open");
  }

  @Test
  void anEmptyUnitIsNoEvent() {
    at.unit(10, "mill-pack", pallet);
    assertThat(at.card(11, "mill-pack", "FINISH").text()).startsWith("Nothing was put into");
    assertThat(at.floor.state().units()).isEmpty();
    assertThat(code(at.unit(12, "mill-ship", pallet))).isEqualTo("custody.unit-empty");
    assertThat(code(at.card(13, "mill-pack", "FINISH"))).isEqualTo("custody.finish-without-start");
    assertThat(code(at.label(14, "mill-pack", ore))).isEqualTo("custody.no-unit");
  }

  @Test
  void aUnitIsNoLot() {
    for (String scanner : List.of("mill-receive", "mill-out")) {
      assertThat(code(at.unit(10, scanner, pallet))).isEqualTo("custody.unit-here");
    }
    pack(11, pallet, ore);
    assertThat(code(at.unit(12, "mill-in", pallet))).isEqualTo("custody.packed");
    pack(13, tote, more, item);
    assertThat(code(at.unit(14, "mill-in", tote))).isEqualTo("custody.several-lots");
    // into itself: the label of a unit opens it, whatever is open
    at.unit(15, "mill-pack", pallet(3));
    assertThat(code(at.unit(16, "mill-pack", pallet(3)))).isEqualTo("custody.unit-open");
  }

  @Test
  void aThousandItemsFitAndNotOneMore() {
    List<LotId> items =
        IntStream.rangeClosed(1, 1_001)
            .mapToObj(i -> LotId.ofSerial(POWDER, "N%019d".formatted(i)))
            .toList();
    items.forEach(each -> at.weighed(3, "mill-receive", each, 1));
    at.unit(10, "mill-pack", pallet);
    items.subList(0, 1_000).forEach(each -> at.label(11, "mill-pack", each));
    assertThat(code(at.label(11, "mill-pack", items.getLast()))).isEqualTo("custody.unit-full");
    at.restart();
    CustodyEvent packed = event(at.card(12, "mill-pack", "FINISH"));
    assertThat(packed.outputs()).hasSize(1_000);
    CustodyEvent shipped = event(at.unit(13, "mill-ship", pallet));
    assertThat(CustodyEventCodec.encode(shipped)).hasSizeLessThan(60_000);
    assertThat(CustodyEventCodec.decode(CustodyEventCodec.encode(shipped))).isEqualTo(shipped);
  }

  @Test
  void aScannerThatScrapsNeedsNoCard() {
    CustodyEvent part = event(at.weighed(10, "mill-scrap", ore, 15));
    assertThat(part.type()).isEqualTo(CustodyEvent.Type.SCRAPPED);
    assertThat(part.outputs()).containsExactly(new LotQuantity(ore, kilograms(15)));
    assertThat(part.detail().weighings())
        .containsExactly(
            new Weighing(
                "mill-scrap-scale", FloorFixture.NOON + 10 * FloorFixture.MINUTE, kilograms(15)));
  }

  @Test
  void aLateUnpackingCountsAtItsOwnTimeAndATooLateOneIsRefused() {
    pack(60, pallet, ore);
    Outcome late = at.unit(30, "oven-unpack", pallet);
    assertThat(event(late).eventMillis()).isEqualTo(FloorFixture.NOON + 30 * FloorFixture.MINUTE);
    pack(61, pallet, ore);
    at.label(2 * 24 * 60, "mill-hand", more);
    assertThat(code(at.unit(62, "oven-unpack", pallet))).isEqualTo("custody.too-late");
  }
}
