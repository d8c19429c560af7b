package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.MassBalance;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.ledger.quantity.Mass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A weight that two persons stand for, through the whole ledger. */
class TypedWeightLedgerTest {
  private static final long MINUTE = 60_000;
  private static final LotId A = LotId.ofLot(HYDROXIDE, "A");
  private static final LotId P = LotId.ofLot(SULPHATE, "P");

  private final PlantFixture plant = new PlantFixture(PlantFixture.plant("0.2"));

  @AfterEach
  void aReplayGivesTheSameBytes() {
    plant.assertReplaysToTheSameBytes();
  }

  @Test
  void countsOnceAnotherPersonApprovesAndMarksWhatIsMadeOfIt() {
    long scan = received("A");
    long entry = enter(scan, 100);
    assertThat(plant.ledger.lot(A)).isEmpty();
    assertThat(FacilityLedger.restore(plant.ledger.snapshot()).snapshot())
        .isEqualTo(plant.ledger.snapshot());

    approve("bob", entry);

    LotState lot = plant.ledger.lot(A).orElseThrow();
    assertThat(lot.mass()).isEqualTo(kilograms(100));
    assertThat(lot.weighed()).isFalse();
    assertThat(lot.typed()).isEqualTo(kilograms(100));
    LedgerProblem problem = plant.ledger.problems().getFirst();
    assertThat(problem.code()).isEqualTo("custody.weight-typed");
    assertThat(problem.leaf()).isEqualTo(entry);
    assertThat(problem.isOfCustody()).isTrue();
    assertThat(problem.effect()).isNotBlank();

    plant.scan(START + 5 * MINUTE, "feed", HYDROXIDE, "A");
    plant.weigh(START + 5 * MINUTE + 1, 100);
    plant.scan(START + 9 * MINUTE, "out", SULPHATE, "P");
    plant.weigh(START + 9 * MINUTE + 1, 50);
    LotState product = plant.ledger.lot(P).orElseThrow();
    assertThat(product.weighed()).isTrue();
    assertThat(product.typed()).isEqualTo(kilograms(50));

    MassBalance balance = plant.ledger.balance(START, START + QUARTER);
    assertThat(balance.of(HYDROXIDE).flow().received()).isEqualTo(kilograms(100));
    assertThat(balance.process().lost()).isEqualTo(kilograms(50));
    assertThat(balance.total().difference()).isEqualTo(Mass.ZERO);
  }

  @Test
  void nobodyApprovesTheirOwnWeight() {
    long entry = enter(received("A"), 100);
    approve("ann", entry);
    assertThat(plant.ledger.lot(A)).isEmpty();
    assertThat(plant.ledger.problems()).extracting(LedgerProblem::code).contains("entry.refused");
  }

  @Test
  void isRefusedWithAReasonOnceTheScaleHasSpoken() {
    long scan = received("A");
    long entry = enter(scan, 100);
    plant.weigh(START + MINUTE + 1, 90);
    approve("bob", entry);

    assertThat(plant.ledger.lot(A).orElseThrow().mass()).isEqualTo(kilograms(90));
    assertThat(plant.ledger.lot(A).orElseThrow().weighed()).isTrue();
    assertThat(plant.ledger.problems())
        .filteredOn(problem -> problem.code().equals("entry.refused"))
        .extracting(LedgerProblem::reason)
        .containsExactly("no scan of leaf " + scan + " at in waits for a weight");
  }

  @Test
  void tellsThePersonAtTheScannerWhatBecameOfEachScan() {
    plant.scan(START + MINUTE, "in", HYDROXIDE, "A");
    assertThat(notice().verdict()).isEqualTo(Feedback.Verdict.NOTED);
    assertThat(notice().scanner()).isEqualTo("in");
    plant.log(new Body.Weight("scale", START + MINUTE + 1, kilograms(100)), START + MINUTE + 1);
    assertThat(notice().verdict()).isEqualTo(Feedback.Verdict.ACCEPTED);
    assertThat(notice().text()).isEqualTo("Received 100 kg of A");
    assertThat(notice().scannedMillis()).isEqualTo(START + MINUTE);
    plant.settle();
    assertThat(plant.ledger.notices()).as("a result is no scan").isEmpty();
    plant.scan(START + 2 * MINUTE, "dock", HYDROXIDE, "X");
    assertThat(notice().verdict()).isEqualTo(Feedback.Verdict.REFUSED);
    assertThat(notice().code()).isEqualTo("custody.unknown-lot");
    assertThat(plant.ledger.raised()).extracting(LedgerProblem::count).containsExactly(1L);
  }

  private Feedback notice() {
    return plant.ledger.notices().getFirst();
  }

  private long received(String lot) {
    plant.read(START, 0, 0);
    plant.scan(START + MINUTE, "in", HYDROXIDE, lot);
    return plant.ledger.size() - 1;
  }

  private long enter(long scan, long kilograms) {
    plant.say(
        new Body.ManualEntry(
            "ann",
            "the scale is broken",
            new Body.ManualEntry.Entry.TypedWeight("in", scan, kilograms(kilograms))));
    return plant.ledger.size() - 1;
  }

  private void approve(String person, long entry) {
    plant.say(new Body.Approval(person, entry));
    plant.settle();
  }

  private static Mass kilograms(long kilograms) {
    return new Mass(kilograms * 1_000_000);
  }
}
