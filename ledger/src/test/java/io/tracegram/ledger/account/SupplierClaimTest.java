package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tracegram.ledger.claim.Claims;
import io.tracegram.ledger.claim.HeldClaim;
import io.tracegram.ledger.claim.SignedClaims;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.evidence.statement.SupplierDocument;
import io.tracegram.ledger.evidence.statement.SupplierSignature.Meant;
import io.tracegram.ledger.evidence.statement.SupplierSignature.Purpose;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.plant.Supplier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What a supplier signs with a key of its own, and what is no such thing. */
class SupplierClaimTest {
  private static final long MINUTE = 60_000;
  private static final LotId A = LotId.ofLot(HYDROXIDE, "A");
  private static final LotId P = LotId.ofLot(SULPHATE, "P");
  private static final Meant FOR_US = new Meant(Purpose.MATERIAL_CLAIM, "plant", "", 1_000);

  private final PlantFixture plant = new PlantFixture(model());

  @Test
  void whatTheSuppliersKeySignedIsToldApartFromWhatAPersonEnteredForIt() {
    make();
    plant.say(SignedClaims.signed(said(Claims.ORIGIN)));
    plant.say(said(Claims.COBALT));
    plant.settle();

    Hash key = SignedClaims.MINE.publicKey().keyId();
    assertThat(plant.ledger.claims(P).claims())
        .extracting(HeldClaim::claim, HeldClaim::key)
        .containsExactly(
            tuple(Claims.ORIGIN, Optional.of(key)), tuple(Claims.COBALT, Optional.empty()));
    assertThat(plant.ledger.lot(P).orElseThrow().account().orElseThrow().claims())
        .as("the account says it, so that a passport carries on who signed")
        .isEqualTo(plant.ledger.claims(P));
    assertThat(plant.ledger.claims().values())
        .extracting(told -> told.key())
        .containsExactly(Optional.of(key), Optional.empty());
    isReplayed();
  }

  @Test
  void whatIsSignedAgainOrEnteredAfterwardsIsNotTheSame() {
    make();
    plant.say(said(Claims.ORIGIN));
    plant.say(SignedClaims.signed(said(Claims.ORIGIN)));
    plant.say(SignedClaims.signed(said(Claims.ORIGIN)));
    plant.settle();
    assertThat(plant.ledger.claims()).hasSize(2);
    assertThat(plant.ledger.claims(P).claims()).hasSize(2);
    isReplayed();
  }

  @Test
  void aForgedClaimInTheLogIsAProblemAndCoversNothing() {
    make();
    Body.MaterialClaimed said = said(Claims.ORIGIN);
    byte[] document = SignedClaims.document(said);

    forged(SignedClaims.signed(said, SignedClaims.OTHER, FOR_US), "and that of Mine Oy is");
    forged(
        said.signed(
            new SupplierDocument(
                Content.of(SignedClaims.document("another")),
                SupplierDocument.sign(SignedClaims.MINE, FOR_US, document).signature())),
        "not that of Mine Oy over these bytes");
    forged(
        SignedClaims.signed(
            said, SignedClaims.MINE, new Meant(Purpose.MATERIAL_CLAIM, "elsewhere", "", 1_000)),
        "signed for facility 'elsewhere'");
    forged(
        SignedClaims.signed(
            said, SignedClaims.MINE, new Meant(Purpose.FOOTPRINT, "plant", "", 1_000)),
        "signed as footprint, not as material claim");
    forged(
        SignedClaims.signed(
            new Body.MaterialClaimed(
                said.subject(), "Nobody", said.role(), said.person(), said.model(), said.claims()),
            SignedClaims.MINE,
            FOR_US),
        "declares no supplier 'Nobody'");
    forged(
        SignedClaims.signed(
            new Body.MaterialClaimed(
                said.subject(), "Mine Oy", "intern", said.person(), said.model(), said.claims()),
            SignedClaims.MINE,
            FOR_US),
        "declares no person 'p-7' as intern");

    assertThat(plant.ledger.claims()).isEmpty();
    assertThat(plant.ledger.claims(P).isNone()).isTrue();
    isReplayed();
  }

  private void forged(Body.MaterialClaimed said, String why) {
    assertThat(plant.ledger.refusal(said))
        .hasValueSatisfying(reason -> assertThat(reason).contains(why));
    plant.say(said);
    plant.settle();
    LedgerProblem problem = plant.ledger.problems().getFirst();
    assertThat(problem.code()).isEqualTo("claim.refused");
    assertThat(problem.reason()).contains(why);
    assertThat(problem.leaf()).isEqualTo(plant.leaves.size() - 1L);
  }

  @Test
  void aFootprintIsSignedOverItsBytesForOneFacilityAndLot() {
    make();
    Body.SupplierFootprint said =
        Footprints.said(
            Footprints.by(SignedClaims.COMPANY, Footprints.perKilogram(1, HYDROXIDE, "7", "0")),
            A.path());
    byte[] document = ((Document.Inline) said.document()).content().bytes();

    plant.say(signed(said, document, new Meant(Purpose.FOOTPRINT, "plant", "", 1_000)));
    assertThat(plant.ledger.problems().getFirst().code()).isEqualTo("footprint.forged");
    assertThat(plant.ledger.problems().getFirst().reason()).contains("no one lot");
    assertThat(plant.ledger.footprints()).isEmpty();

    plant.say(said);
    Meant meant = new Meant(Purpose.FOOTPRINT, "plant", A.path(), 1_000);
    plant.say(signed(said, document, meant));
    plant.say(signed(said, document, meant));
    assertThat(plant.ledger.footprints())
        .as("unsigned, then signed; said again it is nothing new")
        .extracting(FootprintState::key)
        .containsExactly(Optional.empty(), Optional.of(SignedClaims.MINE.publicKey().keyId()));
    isReplayed();
  }

  private static Body.SupplierFootprint signed(
      Body.SupplierFootprint said, byte[] document, Meant meant) {
    return new Body.SupplierFootprint(
        said.document(),
        said.sha256(),
        said.lot(),
        said.declared(),
        Optional.of(SupplierDocument.sign(SignedClaims.MINE, meant, document).signature()));
  }

  @Test
  void aSignatureMadeForAStatementIsNone() {
    Body.MaterialClaimed said = said(Claims.ORIGIN);
    byte[] signed = SignedClaims.signed(said).document().orElseThrow().encoded();
    assertThat(SupplierDocument.parse(signed, SupplierDocument.MAX_CLAIMS).encoded())
        .isEqualTo(signed);
    byte[] statement = Leaf.parse(plant.leaves.getFirst()).statement().encoded();
    assertThatThrownBy(() -> SupplierDocument.parse(statement, SupplierDocument.MAX_CLAIMS))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> SupplierDocument.parse(signed, 10))
        .isInstanceOf(MalformedException.class);
    byte[] huge =
        SupplierDocument.sign(SignedClaims.MINE, FOR_US, new byte[SupplierDocument.MAX_CLAIMS + 1])
            .encoded();
    assertThatThrownBy(() -> SupplierDocument.parse(huge, SupplierDocument.MAX_CLAIMS))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("too long");
  }

  @Property(tries = 200)
  void noChangedByteOfASignedDocumentVerifies(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] document = SignedClaims.document(said(Claims.everything()));
    PrivateKey key =
        PrivateKey.of(
            random.nextBoolean() ? Algorithm.ES256 : Algorithm.ED25519,
            Hash.sha256(new byte[] {(byte) seed}).bytes());
    byte[] changed = SupplierDocument.sign(key, FOR_US, document).encoded();
    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    try {
      SupplierDocument parsed = SupplierDocument.parse(changed, SupplierDocument.MAX_CLAIMS);
      assertThat(parsed.signature().isOf(key.publicKey(), parsed.bytes().bytes())).isFalse();
      assertThat(parsed.encoded()).isEqualTo(changed);
    } catch (MalformedException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @Test
  void suppliersAreReadBackFromTheModelsEncoding() {
    PlantModel model = model();
    assertThat(PlantModelCodec.decode(PlantModelCodec.encode(model))).isEqualTo(model);
    assertThatThrownBy(
            () ->
                new Supplier(
                    "s",
                    "S",
                    PrivateKey.of(Algorithm.ML_DSA_44, new byte[32]).publicKey(),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void isReplayed() {
    FacilityLedger replayed = new FacilityLedger();
    for (int index = 0; index < plant.leaves.size(); index++) {
      if (index >= plant.leaves.size() - 3) {
        replayed = FacilityLedger.restore(replayed.snapshot());
      }
      byte[] leaf = plant.leaves.get(index);
      assertThat(Leaf.parse(leaf).encoded()).isEqualTo(leaf);
      replayed.apply(index, Leaf.parse(Arrays.copyOf(leaf, leaf.length)));
    }
    assertThat(replayed.derivedMismatches()).isZero();
    assertThat(replayed.snapshot()).isEqualTo(plant.ledger.snapshot());
  }

  private void make() {
    plant.read(START, 0, 0);
    weighed("in", HYDROXIDE, "A", START + MINUTE);
    weighed("feed", HYDROXIDE, "A", START + 2 * MINUTE);
    weighed("out", SULPHATE, "P", START + 9 * MINUTE);
    plant.read(START + QUARTER, 1_500, 1_500);
  }

  private void weighed(String scanner, String gtin, String lot, long millis) {
    plant.scan(millis, scanner, gtin, lot);
    plant.weigh(millis + 1, 100);
  }

  private static Body.MaterialClaimed said(MaterialClaim... claims) {
    return Claims.ofLot(A.path(), CustodyModel.SEGREGATED, claims);
  }

  private static PlantModel model() {
    return SignedClaims.plant(PlantFixture.plant("0.2"));
  }
}
