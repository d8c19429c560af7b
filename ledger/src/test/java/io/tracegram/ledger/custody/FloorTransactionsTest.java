package io.tracegram.ledger.custody;

import static io.tracegram.ledger.custody.FloorFixture.MINUTE;
import static io.tracegram.ledger.custody.FloorFixture.NOON;
import static io.tracegram.ledger.custody.FloorFixture.ORE;
import static io.tracegram.ledger.custody.FloorFixture.POWDER;
import static io.tracegram.ledger.custody.FloorFixture.code;
import static io.tracegram.ledger.custody.FloorFixture.event;
import static io.tracegram.ledger.custody.FloorFixture.kilograms;
import static io.tracegram.ledger.custody.FloorFixture.lot;
import static io.tracegram.ledger.custody.FloorFixture.pallet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.Floor.Outcome;
import org.junit.jupiter.api.Test;

/** What is shipped and received for an order, and on which weighings masses rest. */
class FloorTransactionsTest {
  private static final BusinessTransaction ORDER =
      new BusinessTransaction(BusinessTransaction.Type.PURCHASE_ORDER, "PO-4711");

  private final FloorFixture at = new FloorFixture();
  private final LotId ore = lot(ORE, "A1");
  private final LotId more = lot(ORE, "A2");

  private Outcome transaction(long minute, String scanner, String text) {
    return at.text(NOON + minute * MINUTE, scanner, "Q3", text);
  }

  @Test
  void whatIsShippedAfterAnOrdersLabelBelongsToIt() {
    at.weighed(0, "mill-receive", ore, 100);
    at.weighed(1, "mill-receive", more, 60);
    at.unit(2, "mill-pack", pallet(1));
    at.label(3, "mill-pack", more);
    at.card(4, "mill-pack", "FINISH");
    assertThat(transaction(10, "mill-ship", "400PO-4711").text()).startsWith("For order PO-4711");
    assertThat(event(at.label(11, "mill-ship", ore)).detail().transaction()).contains(ORDER);
    at.restart();
    assertThat(event(at.unit(12, "mill-ship", pallet(1))).detail().transaction()).contains(ORDER);
    CustodyEvent told = event(at.card(13, "mill-ship", "FINISH"));
    assertThat(told.type()).isEqualTo(CustodyEvent.Type.TRANSACTED);
    assertThat(told.detail().transaction()).contains(ORDER);
    assertThat(told.detail().units()).containsExactly(pallet(1));
    assertThat(told.outputs()).containsExactly(new LotQuantity(ore, kilograms(100)));
    assertThat(CustodyEventCodec.decode(CustodyEventCodec.encode(told))).isEqualTo(told);
    assertThat(code(at.card(14, "mill-ship", "FINISH"))).isEqualTo("custody.finish-without-start");
  }

  @Test
  void theNextTransactionEndsTheOneBeforeAndEachIsUndone() {
    transaction(0, "mill-receive", "40212345678901234560");
    at.weighed(1, "mill-receive", ore, 100);
    CustodyEvent first = event(transaction(2, "mill-receive", "401CONSIGN-1"));
    assertThat(first.detail().transaction().orElseThrow().type())
        .isEqualTo(BusinessTransaction.Type.SHIPMENT);
    CustodyEvent received = event(at.weighed(3, "mill-receive", more, 50));
    assertThat(received.detail().transaction().orElseThrow().type())
        .isEqualTo(BusinessTransaction.Type.CONSIGNMENT);
    at.card(4, "mill-receive", "UNDO");
    assertThat(event(at.card(5, "mill-receive", "UNDO")).type())
        .isEqualTo(CustodyEvent.Type.TRANSACTED);
    assertThat(event(at.card(6, "mill-receive", "FINISH")).outputs()).hasSize(1);
  }

  @Test
  void anOrdersLabelElsewhereAndOneThatIsOpenAreRefused() {
    assertThat(code(transaction(0, "mill-in", "400PO-4711"))).isEqualTo("custody.no-lot");
    transaction(1, "mill-ship", "400PO-4711");
    assertThat(code(transaction(2, "mill-ship", "400PO-4711")))
        .isEqualTo("custody.transaction-open");
    assertThat(code(transaction(3, "mill-ship", "40212345678901234561")))
        .as("a wrong check digit")
        .isEqualTo("custody.not-gs1");
    assertThat(at.card(4, "mill-ship", "FINISH").text()).startsWith("Nothing was scanned for");
  }

  @Test
  void eventsTellTheWeighingsOfWhatCameAndWasMade() {
    CustodyEvent received = event(at.weighed(0, "mill-receive", ore, 100));
    assertThat(received.detail().weighings())
        .containsExactly(new Weighing("mill-receive-scale", NOON, kilograms(100)));
    at.card(10, "mill-in", "START");
    at.weighed(11, "mill-in", ore, 100);
    at.weighed(12, "mill-out", lot(POWDER, "P1"), 60);
    at.weighed(13, "mill-out", lot(POWDER, "P2"), 35);
    assertThat(event(at.card(14, "mill-out", "FINISH")).detail().weighings())
        .containsExactly(
            new Weighing("mill-out-scale", NOON + 12 * MINUTE, kilograms(60)),
            new Weighing("mill-out-scale", NOON + 13 * MINUTE, kilograms(35)));
    assertThat(event(at.label(20, "mill-ship", lot(POWDER, "P1"))).detail())
        .as("nothing was weighed at the dock")
        .isEqualTo(CustodyEvent.Detail.NONE);
  }
}
