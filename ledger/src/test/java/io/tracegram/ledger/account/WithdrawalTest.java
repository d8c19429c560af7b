package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tracegram.ledger.claim.Claims;
import io.tracegram.ledger.claim.HeldClaim;
import io.tracegram.ledger.claim.SignedClaims;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.signature.Signer;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.evidence.statement.SupplierDocument;
import io.tracegram.ledger.evidence.statement.SupplierSignature.Meant;
import io.tracegram.ledger.evidence.statement.SupplierSignature.Purpose;
import io.tracegram.ledger.plant.PrimaryData;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A supplier takes back what it claimed. */
class WithdrawalTest {
  private static final long MINUTE = 60_000;
  private static final LotId A = LotId.ofLot(HYDROXIDE, "A");
  private static final LotId P = LotId.ofLot(SULPHATE, "P");
  private static final LotId Q = LotId.ofLot(HYDROXIDE, "Q");
  private static final LotId D = LotId.ofLot(HYDROXIDE, "D");

  private PlantFixture plant =
      new PlantFixture(SignedClaims.plant(PlantFixture.withBin(PrimaryData.ACTIVITY)));

  @AfterEach
  void aReplayRestartedAtEachLeafGivesTheSameBytes() {
    FacilityLedger replayed = new FacilityLedger();
    for (int index = 0; index < plant.leaves.size(); index++) {
      byte[] leaf = plant.leaves.get(index);
      assertThat(Leaf.parse(leaf).encoded()).isEqualTo(leaf);
      replayed = FacilityLedger.restore(replayed.snapshot());
      replayed.apply(index, Leaf.parse(leaf));
    }
    assertThat(replayed.derivedMismatches()).isZero();
    assertThat(replayed.outstanding()).isEmpty();
    assertThat(replayed.snapshot()).isEqualTo(plant.ledger.snapshot());
  }

  @Test
  void lotsLoseTheClaimAndTheirAccountsAreRestatedWithTheWithdrawalAsCause() {
    plant.read(START, 0, 0);
    weighed("in", HYDROXIDE, "A", START + MINUTE, 600);
    weighed("in", HYDROXIDE, "B", START + 2 * MINUTE, 400);
    long origin = say(said(Claims.ORIGIN));
    say(said(Claims.COBALT));
    weighed("feed", HYDROXIDE, "A", START + 3 * MINUTE, 600);
    weighed("feed", HYDROXIDE, "B", START + 4 * MINUTE, 400);
    weighed("out", SULPHATE, "P", START + 6 * MINUTE, 950);
    weighed("feed", SULPHATE, "P", START + 7 * MINUTE, 950);
    weighed("out", HYDROXIDE, "Q", START + 9 * MINUTE, 950);
    plant.read(START + QUARTER, 1_500, 1_500);
    assertThat(account(Q).claims().claims())
        .as("950 kg · 600/1000, of each claim")
        .extracting(HeldClaim::mass)
        .containsExactly(new Mass(570_000_000), new Mass(570_000_000));
    LotAccount before = account(Q);

    long withdrawal = say(withdrawal(origin));

    for (LotId lot : new LotId[] {A, P, Q}) {
      assertThat(plant.ledger.claims(lot).claims())
          .extracting(HeldClaim::claim)
          .containsExactly(Claims.COBALT);
    }
    for (LotId lot : new LotId[] {P, Q}) {
      Revision revision = account(lot).detail().orElseThrow().revision();
      assertThat(revision.number()).isEqualTo(1);
      assertThat(revision.cause()).isEqualTo(withdrawal);
      assertThat(account(lot).claims()).isEqualTo(plant.ledger.claims(lot));
    }
    assertThat(account(Q).total()).as("no figure changes").isEqualTo(before.total());
    assertThat(plant.ledger.problems().getFirst().code()).isEqualTo("claim.withdrawn");
    assertThat(plant.ledger.problems().getFirst().reason())
        .isEqualTo("Mine Oy withdraws the claim of leaf %d: the audit failed".formatted(origin));
    assertThat(plant.ledger.claims())
        .hasEntrySatisfying(origin, told -> assertThat(told.isInForce()).isFalse());

    weighed("in", HYDROXIDE, "N", START + QUARTER + MINUTE, 10);
    assertThat(plant.ledger.claims(LotId.ofLot(HYDROXIDE, "N")).isNone()).isTrue();
  }

  @Test
  void whatIsWithdrawnCoversNoLotOfTheProductThatComesLater() {
    plant.read(START, 0, 0);
    long leaf = say(Claims.ofProduct(HYDROXIDE, CustodyModel.SEGREGATED, Claims.ORIGIN));
    weighed("in", HYDROXIDE, "A", START + MINUTE, 600);
    say(withdrawal(leaf));
    weighed("in", HYDROXIDE, "B", START + 2 * MINUTE, 400);
    assertThat(plant.ledger.claims(A).isNone()).isTrue();
    assertThat(plant.ledger.claims(LotId.ofLot(HYDROXIDE, "B")).isNone()).isTrue();

    say(Claims.ofProduct(HYDROXIDE, CustodyModel.SEGREGATED, Claims.ORIGIN));
    assertThat(plant.ledger.claims(A).claims()).as("entered anew, it counts anew").hasSize(1);
  }

  @Test
  void aWithdrawalAndAClaimThatIsToldLateGoThroughASilo() {
    long withdrawal = drawnThenClaimedAndWithdrawn();

    assertThat(account(D).claims().claims())
        .extracting(HeldClaim::claim, HeldClaim::mass)
        .containsExactly(
            tuple(Claims.COBALT, new Mass(300_000_000)),
            tuple(Claims.RECYCLED, new Mass(300_000_000)));
    assertThat(account(D).detail().orElseThrow().revision().cause()).isEqualTo(withdrawal);
    assertThat(claimsOfWhatIsDrawnLater()).containsExactly(Claims.COBALT, Claims.RECYCLED);
  }

  @Test
  void byTheThirdCalculatorALateClaimEntersNoSilo() {
    plant = new PlantFixture(SignedClaims.plant(PlantFixture.withBin(PrimaryData.ACTIVITY)), 3);
    drawnThenClaimedAndWithdrawn();

    assertThat(account(D).claims().claims())
        .extracting(HeldClaim::claim, HeldClaim::mass)
        .containsExactly(tuple(Claims.COBALT, new Mass(300_000_000)));
    assertThat(claimsOfWhatIsDrawnLater()).containsExactly(Claims.COBALT);
  }

  private long drawnThenClaimedAndWithdrawn() {
    plant.read(START, 0, 0);
    weighed("in", HYDROXIDE, "A", START + MINUTE, 600);
    weighed("in", HYDROXIDE, "B", START + 2 * MINUTE, 400);
    long origin = say(said(Claims.ORIGIN));
    say(said(Claims.COBALT));
    plant.scan(START + 3 * MINUTE, "pour", HYDROXIDE, "A");
    plant.scan(START + 4 * MINUTE, "pour", HYDROXIDE, "B");
    weighed("draw", HYDROXIDE, "D", START + 5 * MINUTE, 500);
    plant.read(START + QUARTER, 1_500, 1_500);
    assertThat(account(D).claims().claims())
        .as("500 kg · 600/1000, of each claim")
        .extracting(HeldClaim::mass)
        .containsExactly(new Mass(300_000_000), new Mass(300_000_000));
    say(said(Claims.RECYCLED));
    return say(withdrawal(origin));
  }

  private List<MaterialClaim> claimsOfWhatIsDrawnLater() {
    weighed("draw", HYDROXIDE, "E", START + QUARTER + MINUTE, 500);
    plant.read(START + 2 * QUARTER, 3_000, 3_000);
    return account(LotId.ofLot(HYDROXIDE, "E")).claims().claims().stream()
        .map(HeldClaim::claim)
        .toList();
  }

  @Test
  void onlyWhoClaimedItWithdrawsItOnceAndBySignatureIfItWasSigned() {
    plant.read(START, 0, 0);
    weighed("in", HYDROXIDE, "A", START + MINUTE, 600);
    long entered = say(said(Claims.ORIGIN));
    Body.MaterialClaimed document = said(Claims.COBALT);
    long signed = say(SignedClaims.signed(document));

    refused(withdrawal(9_999), "leaf 9999 holds no claim that counts");
    refused(withdrawal(2), "leaf 2 holds no claim that counts");
    refused(
        new Body.ClaimWithdrawn(entered, "Other AB", "x", "p-1", "theirs", Optional.empty()),
        "is a claim of Mine Oy, not of Other AB");
    refused(withdrawal(signed), "only a document signed by the same key");
    refused(
        signedBy(SignedClaims.OTHER, Purpose.CLAIM_WITHDRAWAL, "plant", signed), "that of Mine");
    refused(signedBy(SignedClaims.MINE, Purpose.MATERIAL_CLAIM, "plant", signed), "signed as");
    refused(signedBy(SignedClaims.MINE, Purpose.CLAIM_WITHDRAWAL, "other", signed), "signed for");
    assertThat(plant.ledger.claims(A).claims()).as("nothing of it happened").hasSize(2);

    say(signedBy(SignedClaims.MINE, Purpose.CLAIM_WITHDRAWAL, "plant", signed));
    say(withdrawal(entered));
    assertThat(plant.ledger.claims(A).isNone()).isTrue();
    refused(withdrawal(entered), "is withdrawn already");
    refused(
        signedBy(SignedClaims.MINE, Purpose.CLAIM_WITHDRAWAL, "plant", signed),
        "is withdrawn already");
  }

  @Test
  void aSignedClaimThatWasWithdrawnIsNotBroughtAgainButSignedAgainItCounts() {
    plant.read(START, 0, 0);
    weighed("in", HYDROXIDE, "A", START + MINUTE, 600);
    Body.MaterialClaimed claim = said(Claims.ORIGIN);
    long leaf = say(SignedClaims.signed(claim));
    say(signedBy(SignedClaims.MINE, Purpose.CLAIM_WITHDRAWAL, "plant", leaf));

    assertThat(plant.ledger.refusal(SignedClaims.signed(claim)))
        .contains("its supplier withdrew the same, leaf %d, after it signed this".formatted(leaf));
    say(SignedClaims.signed(claim));
    assertThat(plant.ledger.claims(A).isNone()).isTrue();

    Meant later = new Meant(Purpose.MATERIAL_CLAIM, "plant", "", 3_000);
    say(SignedClaims.signed(claim, SignedClaims.MINE, later));
    assertThat(plant.ledger.claims(A).claims()).hasSize(1);
  }

  private void refused(Body.ClaimWithdrawn said, String why) {
    assertThat(plant.ledger.refusal(said))
        .hasValueSatisfying(reason -> assertThat(reason).contains(why));
    say(said);
    assertThat(plant.ledger.problems().getFirst().code()).isEqualTo("claim.withdrawal-refused");
    assertThat(plant.ledger.problems().getFirst().reason()).contains(why);
  }

  private static Body.ClaimWithdrawn withdrawal(long leaf) {
    return new Body.ClaimWithdrawn(
        leaf, "Mine Oy", "quality manager", "p-7", "the audit failed", Optional.empty());
  }

  private static Body.ClaimWithdrawn signedBy(
      Signer supplier, Purpose purpose, String facility, long leaf) {
    return withdrawal(leaf)
        .signed(
            SupplierDocument.sign(
                supplier,
                new Meant(purpose, facility, "", 2_000),
                SignedClaims.document(withdrawal(leaf))));
  }

  private static Body.MaterialClaimed said(MaterialClaim... claims) {
    return Claims.ofLot(A.path(), CustodyModel.SEGREGATED, claims);
  }

  private LotAccount account(LotId lot) {
    return plant.ledger.lot(lot).orElseThrow().account().orElseThrow();
  }

  private long say(Body body) {
    plant.say(body);
    long leaf = plant.leaves.size() - 1L;
    plant.settle();
    return leaf;
  }

  private void weighed(String scanner, String gtin, String lot, long millis, long kilograms) {
    plant.scan(millis, scanner, gtin, lot);
    plant.weigh(millis + 1, kilograms);
  }
}
