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
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a supplier's passport says counts more than what was declared, and brings its claims. */
class PassportClaimTest {
  private static final long MINUTE = 60_000;
  private static final LotId P = LotId.ofLot(SULPHATE, "P");

  private final PlantFixture supplier = new PlantFixture(PlantFixture.plant("0.2"));
  private final PlantFixture receiver = new PlantFixture(PlantFixture.plant("0.2"));

  @Test
  void aPartOfALotBringsItsPartOfWhatIsClaimedOfIt() {
    make(supplier);
    supplier.say(
        Claims.ofProduct(HYDROXIDE, CustodyModel.CONTROLLED_BLENDING, Claims.everything()));
    supplier.settle();
    LotState made = supplier.ledger.lot(P).orElseThrow();
    assertThat(made.account().orElseThrow().claims().claims()).hasSize(5);
    Co2e total = made.account().orElseThrow().total();

    trust();
    receiver.say(Footprints.said(Footprints.perKilogram(1, SULPHATE, "7", "0"), ""));
    receiver.read(START, 0, 0);
    receiver.scan(START + MINUTE, "in", SULPHATE, "P");
    receiver.weigh(START + MINUTE + 1, 50);
    assertThat(basis()).isEqualTo(new Co2e(350_000_000_000L));

    receiver.say(passport(made));
    long leaf = receiver.leaves.size() - 1L;
    receiver.settle();

    assertThat(basis()).isEqualTo(new Co2e(total.micrograms() / 2));
    assertThat(receiver.ledger.footprint(P)).isEmpty();
    assertThat(receiver.ledger.passportsWanted()).isEmpty();
    assertThat(receiver.ledger.claims(P).claims())
        .hasSize(5)
        .extracting(HeldClaim::mass, HeldClaim::model, HeldClaim::leaf)
        .containsOnly(tuple(new Mass(50_000_000), CustodyModel.CONTROLLED_BLENDING, leaf));
    receiver.scan(START + 2 * MINUTE, "feed", SULPHATE, "P");
    receiver.weigh(START + 2 * MINUTE + 1, 50);
    receiver.scan(START + 9 * MINUTE, "out", HYDROXIDE, "Q");
    receiver.weigh(START + 9 * MINUTE + 1, 40);
    assertThat(receiver.ledger.claims(LotId.ofLot(HYDROXIDE, "Q")).claims())
        .extracting(HeldClaim::mass)
        .containsOnly(new Mass(40_000_000));
  }

  @Test
  void aPassportCarriesOnWhichKeySignedAClaimAndNothingOfAWithdrawnOne() {
    supplier.declare(SignedClaims.plant(PlantFixture.plant("0.2")));
    make(supplier);
    supplier.say(
        SignedClaims.signed(Claims.ofProduct(HYDROXIDE, CustodyModel.SEGREGATED, Claims.ORIGIN)));
    supplier.settle();
    supplier.say(Claims.ofProduct(HYDROXIDE, CustodyModel.SEGREGATED, Claims.COBALT));
    long withdrawn = supplier.leaves.size() - 1L;
    supplier.settle();
    supplier.say(
        new Body.ClaimWithdrawn(
            withdrawn, "Mine Oy", "quality manager", "p-7", "wrong", Optional.empty()));
    supplier.settle();

    trust();
    receiver.read(START, 0, 0);
    receiver.scan(START + MINUTE, "in", SULPHATE, "P");
    receiver.weigh(START + MINUTE + 1, 100);
    receiver.say(passport(supplier.ledger.lot(P).orElseThrow()));
    assertThat(receiver.ledger.claims(P).claims())
        .extracting(HeldClaim::claim, HeldClaim::key)
        .containsExactly(tuple(Claims.ORIGIN, Optional.of(SignedClaims.MINE.publicKey().keyId())));
  }

  @Test
  void aRestatedPassportIsTakenInThePlaceOfTheEarlierOneAndRestatesWhatWasMade() {
    make(supplier);
    supplier.say(Claims.ofProduct(HYDROXIDE, CustodyModel.SEGREGATED, Claims.COBALT));
    long claim = supplier.leaves.size() - 1L;
    supplier.settle();
    Body.LotPassport first = passport(supplier.ledger.lot(P).orElseThrow());
    trust();
    receiver.read(START, 0, 0);
    receiver.scan(START + MINUTE, "in", SULPHATE, "P");
    receiver.weigh(START + MINUTE + 1, 100);
    receiver.say(first);
    receiver.scan(START + 2 * MINUTE, "feed", SULPHATE, "P");
    receiver.weigh(START + 2 * MINUTE + 1, 100);
    receiver.scan(START + 9 * MINUTE, "out", HYDROXIDE, "Q");
    receiver.weigh(START + 9 * MINUTE + 1, 100);
    receiver.read(START + QUARTER, 0, 0);
    LotId q = LotId.ofLot(HYDROXIDE, "Q");
    assertThat(receiver.ledger.claims(q).isNone()).isFalse();

    // a late reading: none of it was used by the order; and the claim was wrong
    supplier.read(START + 2 * MINUTE, 1_500, 1_500);
    supplier.say(
        new Body.ClaimWithdrawn(
            claim, "Mine Oy", "quality manager", "p-7", "wrong", Optional.empty()));
    supplier.settle();
    LotState restated = supplier.ledger.lot(P).orElseThrow();
    LotAccount account = restated.account().orElseThrow();
    assertThat(account.detail().orElseThrow().direct().total(Basis.LB_ANNUAL)).isEqualTo(Co2e.ZERO);
    assertThat(receiver.ledger.takesPassport("plant", account)).isTrue();
    assertThat(receiver.ledger.takesPassport("other", account)).as("another's lot").isFalse();
    assertThat(receiver.ledger.passportRevision("plant", P)).hasValue(1);
    receiver.say(passport(restated));
    long cause = receiver.leaves.size() - 1L;
    receiver.settle();

    assertThat(basis()).isEqualTo(account.total());
    LotAccount made = receiver.ledger.lot(q).orElseThrow().account().orElseThrow();
    assertThat(made.inherited()).isEqualTo(account.total());
    assertThat(made.detail().orElseThrow().revision().cause()).isEqualTo(cause);
    assertThat(receiver.ledger.claims(q).isNone()).isTrue();
    assertThat(receiver.ledger.takesPassport("plant", account)).as("once").isFalse();

    receiver.say(first);
    receiver.settle();
    assertThat(basis()).as("an earlier revision changes nothing").isEqualTo(account.total());
    assertThat(FacilityLedger.restore(receiver.ledger.snapshot()).snapshot())
        .isEqualTo(receiver.ledger.snapshot());
  }

  private Co2e basis() {
    return receiver.ledger.lot(P).orElseThrow().account().orElseThrow().total();
  }

  private void trust() {
    receiver.say(
        new Body.KeyRegistered(
            KeyRole.SUPPLIER_LOG, Samples.LOG.name(), Samples.LOG_SECRET.publicKey()));
    receiver.say(
        new Body.KeyRegistered(KeyRole.SUPPLIER_GATEWAY, "plant", supplier.gatewayKey.publicKey()));
  }

  private Body.LotPassport passport(LotState made) {
    byte[] leaf = supplier.leaves.get(Math.toIntExact(made.accountLeaf().orElseThrow()));
    String checkpoint = new Checkpoint(Samples.LOG.name(), 1, Leaf.hash(leaf)).text();
    TlogProof proof =
        new TlogProof(
            0, List.of(), SignedNote.signedBy(checkpoint, Samples.LOG, Samples.LOG_SECRET));
    return new Body.LotPassport(
        Content.of(leaf), Content.of(proof.format().getBytes(StandardCharsets.UTF_8)));
  }

  private static void make(PlantFixture plant) {
    plant.read(START, 0, 0);
    plant.scan(START + MINUTE, "in", HYDROXIDE, "A");
    plant.weigh(START + MINUTE + 1, 100);
    plant.scan(START + 2 * MINUTE, "feed", HYDROXIDE, "A");
    plant.weigh(START + 2 * MINUTE + 1, 100);
    plant.scan(START + 9 * MINUTE, "out", SULPHATE, "P");
    plant.weigh(START + 9 * MINUTE + 1, 100);
    plant.read(START + QUARTER, 1_500, 1_500);
  }
}
