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

import io.tracegram.ledger.custody.Floor.Outcome;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Weights that people type because the scale gave none. */
class TypedWeightTest {
  private final FloorFixture at = new FloorFixture();
  private final LotId a = lot(ORE, "A");
  private final LotId b = lot(ORE, "B");
  private final LotId powder = lot(POWDER, "P");
  private final LotId cake = lot(CAKE, "C");

  @Test
  void completesTheScanThatWaitsAndIsFound() {
    at.label(1, "mill-receive", a);

    Outcome outcome = at.typed("mill-receive", 40);

    assertThat(event(outcome).type()).isEqualTo(CustodyEvent.Type.RECEIVED);
    assertThat(event(outcome).eventMillis()).isEqualTo(FloorFixture.NOON + FloorFixture.MINUTE);
    assertThat(found(outcome)).containsExactly("custody.weight-typed");
    Finding finding = outcome.findings().getFirst();
    assertThat(finding.subject()).isEqualTo(a.path());
    assertThat(finding.reason())
        .isEqualTo("ann typed 40 kg for the scan of leaf 100 at mill-receive");
    assertThat(finding.effect()).contains("booked as typed");
    assertThat(at.floor.isTyped(a)).isTrue();
    assertThat(at.floor.stock(a).orElseThrow().typed()).isEqualTo(kilograms(40));
  }

  /** 40 kg typed and 60 kg weighed give 90 kg, of which 36 rest on typing; 30 of 90 kg hold 12. */
  @Test
  void whatIsMadeOfItSaysHowMuchOfItsMassIsTyped() {
    at.label(1, "mill-receive", a);
    at.typed("mill-receive", 40);
    at.weighed(2, "mill-receive", b, 60);
    at.weighed(10, "mill-in", a, 40);
    at.weighed(11, "mill-in", b, 60);
    at.weighed(20, "mill-out", powder, 90);
    at.weighed(30, "oven-in", powder, 30);
    at.restart();
    at.weighed(40, "oven-out", cake, 30);

    assertThat(at.floor.stock(powder).orElseThrow().typed()).isEqualTo(kilograms(36));
    assertThat(at.floor.isTyped(powder)).as("its own weight is the scale's").isFalse();
    assertThat(at.floor.stock(cake).orElseThrow().typed()).isEqualTo(kilograms(12));
    assertThat(at.floor.stock(b).orElseThrow().typed()).isEqualTo(kilograms(0));
  }

  @Test
  void anInputWhoseWeightWasTypedMarksOnlyWhatIsMadeOfIt() {
    at.weighed(1, "mill-receive", a, 100);
    at.label(10, "mill-in", a);
    assertThat(found(at.typed("mill-in", 50))).containsExactly("custody.weight-typed");
    at.weighed(20, "mill-out", powder, 50);

    assertThat(at.floor.isTyped(a)).isFalse();
    assertThat(at.floor.stock(a).orElseThrow().typed()).isEqualTo(kilograms(0));
    assertThat(at.floor.stock(powder).orElseThrow().typed()).isEqualTo(kilograms(50));
  }

  @Test
  void theTypedPartIsRoundedUpAndGoesIntoTheLotsOfASplit() {
    at.label(1, "mill-receive", a);
    at.typed("mill-receive", 1);
    at.weighed(2, "mill-receive", b, 2);
    at.weighed(10, "mill-in", a, 1);
    at.weighed(11, "mill-in", b, 2);
    at.weighed(20, "mill-out", powder, 2);
    assertThat(at.floor.stock(powder).orElseThrow().typed().milligrams())
        .as("2 kg of 3, of which 1 was typed")
        .isEqualTo(666_667);
    at.card(30, "mill-in", "SPLIT");
    at.label(31, "mill-in", powder);
    at.weighed(32, "mill-in", lot(POWDER, "P1"), 1);
    at.label(33, "mill-in", lot(POWDER, "P2"));
    at.typed("mill-in", 1);
    at.card(34, "mill-in", "FINISH");

    assertThat(at.floor.stock(lot(POWDER, "P1")).orElseThrow().typed().milligrams())
        .isEqualTo(333_334);
    assertThat(at.floor.stock(lot(POWDER, "P2")).orElseThrow().typed()).isEqualTo(kilograms(1));
  }

  @Test
  void aScanThatWaitsNoLongerIsRefused() {
    at.label(1, "mill-receive", a);
    long scan = Objects.requireNonNull(at.floor.state().pending().get("mill-receive-scale")).leaf();
    assertThat(code(at.typed("mill-out", scan, 5))).isEqualTo("custody.not-waiting");
    at.weight(1, "mill-receive", 40);

    assertThat(code(at.typed("mill-receive", scan, 41))).isEqualTo("custody.not-waiting");
    assertThat(code(at.typed("mill-receive", 77, 41))).isEqualTo("custody.not-waiting");
    assertThat(at.floor.stock(a).orElseThrow().mass()).isEqualTo(kilograms(40));
  }

  @Test
  void moreThanAScaleCanShowIsRefusedAndTheScanGoesOnWaiting() {
    at.label(1, "mill-receive", a);
    assertThat(code(at.typed("mill-receive", 100_001))).isEqualTo("custody.beyond-scale");
    assertThat(event(at.weight(1, "mill-receive", 40)).type())
        .isEqualTo(CustodyEvent.Type.RECEIVED);
    assertThat(at.floor.isTyped(a)).isFalse();
  }

  @Test
  void aTypedWeightThatTheFloorRefusesLeavesNoMark() {
    at.weighed(1, "mill-receive", a, 100);
    at.label(10, "mill-in", a);
    assertThat(code(at.typed("mill-in", 150))).isEqualTo("custody.beyond-stock");
    at.weighed(11, "mill-in", a, 100);
    at.weighed(20, "mill-out", powder, 100);
    assertThat(at.floor.stock(powder).orElseThrow().typed()).isEqualTo(kilograms(0));
  }

  @Test
  void aTypedLotIsTypedStillIfItsReworkIsRefused() {
    at.label(1, "mill-receive", a);
    at.typed("mill-receive", 40);
    at.weighed(10, "mill-in", a, 40);
    assertThat(code(at.weighed(20, "mill-out", a, 50))).isEqualTo("custody.mass-gate");
    assertThat(at.floor.isTyped(a)).isTrue();

    event(at.weighed(21, "mill-out", a, 40));
    assertThat(at.floor.isTyped(a)).as("its rework was weighed").isFalse();
  }

  @Test
  void whatIsUndoneAndWeighedIsNoLongerTyped() {
    at.label(1, "mill-receive", a);
    at.typed("mill-receive", 40);
    at.card(2, "mill-receive", "UNDO");
    at.weighed(3, "mill-receive", a, 40);
    assertThat(at.floor.isTyped(a)).isFalse();
    assertThat(at.floor.stock(a).orElseThrow().typed()).isEqualTo(kilograms(0));
  }
}
