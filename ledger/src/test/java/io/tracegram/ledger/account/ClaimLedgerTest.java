package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tracegram.ledger.claim.Claims;
import io.tracegram.ledger.claim.HeldClaim;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.CustodyModels;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is claimed of lots through the whole ledger. */
class ClaimLedgerTest {
  private static final long MINUTE = 60_000;
  private static final LotId A = LotId.ofLot(HYDROXIDE, "A");
  private static final LotId P = LotId.ofLot(SULPHATE, "P");
  private static final LotId Q = LotId.ofLot(SULPHATE, "Q");

  private PlantFixture plant = plant(CustodyModel.SEGREGATED);

  @AfterEach
  void aReplayGivesTheSameBytes() {
    FacilityLedger replayed = new FacilityLedger();
    for (int index = 0; index < plant.leaves.size(); index++) {
      if (index == plant.leaves.size() * 2 / 3) {
        replayed = FacilityLedger.restore(replayed.snapshot());
      }
      replayed.apply(index, Leaf.parse(plant.leaves.get(index)));
    }
    assertThat(replayed.derivedMismatches()).isZero();
    assertThat(replayed.outstanding()).isEmpty();
    assertThat(replayed.snapshot()).isEqualTo(plant.ledger.snapshot());
  }

  @Test
  void whatIsClaimedOfSixOfTenInputsIsClaimedOfSixTenthsOfTheOutput() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE, 600);
    receive("B", START + 2 * MINUTE, 400);
    long leaf = claim(Claims.ofLot(A.path(), CustodyModel.SEGREGATED, Claims.ORIGIN));
    feed("A", START + 3 * MINUTE, 600);
    feed("B", START + 4 * MINUTE, 400);
    produce("P", START + 12 * MINUTE, 950);
    plant.read(START + QUARTER, 1_500, 1_500);

    assertThat(plant.ledger.claims(P).claims())
        .as("950 kg · 600/1000; mixed with what nothing is claimed of")
        .containsExactly(
            new HeldClaim(
                "Mine Oy",
                Claims.ORIGIN,
                CustodyModel.CONTROLLED_BLENDING,
                new Mass(570_000_000),
                leaf));
    assertThat(plant.ledger.lot(P).orElseThrow().account().orElseThrow().claims())
        .as("the account says it, so that a passport carries it on")
        .isEqualTo(plant.ledger.claims(P));
    assertThat(plant.ledger.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("claim.weakened");
              assertThat(problem.subject()).isEqualTo(P.path());
              assertThat(problem.leaf()).isEqualTo(leaf);
              assertThat(problem.effect()).contains("controlled blending");
            });
  }

  @Test
  void withdrawalsTakeTheirPartAndTheLastOneTheRest() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE, 100);
    claim(Claims.ofLot(A.path(), CustodyModel.SEGREGATED, Claims.COBALT));
    feed("A", START + 2 * MINUTE, 30);
    produce("P", START + 5 * MINUTE, 30);
    feed("A", START + 6 * MINUTE, 70);
    produce("Q", START + 9 * MINUTE, 35);
    plant.read(START + QUARTER, 1_500, 1_500);

    assertThat(plant.ledger.claims(P).claims())
        .extracting(HeldClaim::mass, HeldClaim::model)
        .containsExactly(tuple(new Mass(30_000_000), CustodyModel.SEGREGATED));
    assertThat(plant.ledger.claims(Q).claims())
        .as("half of it was lost, and what is claimed of that with it")
        .extracting(HeldClaim::mass)
        .containsExactly(new Mass(35_000_000));
    assertThat(plant.ledger.problems()).isEmpty();
  }

  @Test
  void aLotThatWaitsForItsFigureGivesItsPartOfWhatIsClaimed() {
    plant.read(START, 0, 0);
    weighed("in", SULPHATE, "W", START + MINUTE, 100);
    receive("B", START + 2 * MINUTE, 70);
    LotId waits = LotId.ofLot(SULPHATE, "W");
    claim(Claims.ofLot(waits.path(), CustodyModel.SEGREGATED, Claims.COBALT));
    weighed("feed", SULPHATE, "W", START + 3 * MINUTE, 30);
    feed("B", START + 4 * MINUTE, 70);
    produce("P", START + 9 * MINUTE, 100);

    assertThat(plant.ledger.passportsWanted()).containsExactly(waits);
    assertThat(plant.ledger.claims(P).claims())
        .as("30 of its 100 kg")
        .extracting(HeldClaim::mass)
        .containsExactly(new Mass(30_000_000));
  }

  @Test
  void underMassBalanceTheOutputTakesAllOfItUpToItsMass() {
    plant = plant(CustodyModel.MASS_BALANCE);
    plant.read(START, 0, 0);
    receive("A", START + MINUTE, 600);
    receive("B", START + 2 * MINUTE, 400);
    claim(Claims.ofLot(A.path(), CustodyModel.MASS_BALANCE, Claims.RECYCLED));
    feed("A", START + 3 * MINUTE, 600);
    feed("B", START + 4 * MINUTE, 400);
    produce("P", START + 12 * MINUTE, 500);
    plant.read(START + QUARTER, 1_500, 1_500);

    assertThat(plant.ledger.claims(P).claims())
        .as("600 kg are claimed, and the product has 500")
        .extracting(HeldClaim::mass, HeldClaim::model)
        .containsExactly(tuple(new Mass(500_000_000), CustodyModel.MASS_BALANCE));
  }

  @Test
  void aClaimThatComesLateRestatesWhatWasMadeOfTheLot() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE, 100);
    feed("A", START + 2 * MINUTE, 100);
    produce("P", START + 9 * MINUTE, 100);
    plant.read(START + QUARTER, 1_500, 1_500);
    LotAccount before = plant.ledger.lot(P).orElseThrow().account().orElseThrow();
    assertThat(before.claims().isNone()).isTrue();

    long leaf = claim(Claims.ofProduct(HYDROXIDE, CustodyModel.SEGREGATED, Claims.ORIGIN));

    LotAccount after = plant.ledger.lot(P).orElseThrow().account().orElseThrow();
    assertThat(after.claims()).isEqualTo(plant.ledger.claims(P));
    assertThat(after.claims().claims()).hasSize(1);
    assertThat(after.total()).isEqualTo(before.total());
    assertThat(after.detail().orElseThrow().revision().number()).isEqualTo(1);
    assertThat(after.detail().orElseThrow().revision().cause()).isEqualTo(leaf);

    int size = plant.leaves.size();
    claim(Claims.ofProduct(HYDROXIDE, CustodyModel.SEGREGATED, Claims.ORIGIN));
    assertThat(plant.leaves).as("said again, it brings nothing about").hasSize(size + 1);
  }

  @Test
  void aCertificateCoversOnlyWhatCameWhileItWasValid() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE, 100);
    MaterialClaim expired = Claims.certificate(new Period(0, START + MINUTE));
    claim(Claims.ofLot(A.path(), CustodyModel.SEGREGATED, expired, Claims.ORIGIN));
    assertThat(plant.ledger.claims(A).claims())
        .extracting(HeldClaim::claim)
        .containsExactly(Claims.ORIGIN);
  }

  @Test
  void aPlantThatDeclaresNoModelKeepsNothingApart() {
    plant = new PlantFixture(PlantFixture.plant("0.2"));
    plant.read(START, 0, 0);
    receive("A", START + MINUTE, 100);
    claim(Claims.ofLot(A.path(), CustodyModel.IDENTITY_PRESERVED, Claims.ORIGIN));
    assertThat(plant.ledger.claims(A).claims())
        .extracting(HeldClaim::model)
        .containsExactly(CustodyModel.CONTROLLED_BLENDING);
    assertThat(plant.ledger.problems())
        .extracting(LedgerProblem::code)
        .containsExactly("claim.weakened");
  }

  @Test
  void anUndoneReceiptTakesItsClaimsAlong() {
    plant.read(START, 0, 0);
    receive("A", START + MINUTE, 100);
    claim(Claims.ofLot(A.path(), CustodyModel.SEGREGATED, Claims.ORIGIN));
    plant.tell(START + 2 * MINUTE, new Body.Scan("in", START + 2 * MINUTE, "Q3", "TGM:UNDO"));
    assertThat(plant.ledger.claims(A).isNone()).isTrue();
  }

  @Test
  void theModelsOfAPlantAreReadBackFromItsEncoding() {
    PlantModel model = model(CustodyModel.BOOK_AND_CLAIM);
    assertThat(PlantModelCodec.decode(PlantModelCodec.encode(model))).isEqualTo(model);
    assertThat(model.additions().custody().of(HYDROXIDE)).isEqualTo(CustodyModel.BOOK_AND_CLAIM);
    assertThat(
            new CustodyModels(
                    Optional.of(CustodyModel.SEGREGATED),
                    List.of(
                        new CustodyModels.OfMaterial(SULPHATE, CustodyModel.IDENTITY_PRESERVED)))
                .of(SULPHATE))
        .as("the weaker of site and material")
        .isEqualTo(CustodyModel.SEGREGATED);
  }

  private long claim(Body.MaterialClaimed said) {
    plant.say(said);
    long leaf = plant.leaves.size() - 1L;
    plant.settle();
    return leaf;
  }

  private static PlantFixture plant(CustodyModel model) {
    return new PlantFixture(model(model));
  }

  private static PlantModel model(CustodyModel model) {
    PlantModel one = PlantFixture.plant("0.2");
    return new PlantModel(
        one.facility(),
        one.name(),
        one.operator(),
        one.timeZone(),
        one.simulated(),
        one.agents(),
        one.grid(),
        one.carriers(),
        one.workstations(),
        one.meters(),
        one.scales(),
        one.scanners(),
        one.materials(),
        Additions.NONE.with(
            new CustodyModels(
                Optional.of(model), List.of(new CustodyModels.OfMaterial(SULPHATE, model)))));
  }

  private void receive(String lot, long millis, long kilograms) {
    weighed("in", HYDROXIDE, lot, millis, kilograms);
  }

  private void feed(String lot, long millis, long kilograms) {
    weighed("feed", HYDROXIDE, lot, millis, kilograms);
  }

  private void produce(String lot, long millis, long kilograms) {
    weighed("out", SULPHATE, lot, millis, kilograms);
  }

  private void weighed(String scanner, String gtin, String lot, long millis, long kilograms) {
    plant.scan(millis, scanner, gtin, lot);
    plant.weigh(millis + 1, kilograms);
  }
}
