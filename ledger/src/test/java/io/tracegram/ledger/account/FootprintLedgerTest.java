package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.Footprints.id;
import static io.tracegram.ledger.account.Footprints.perKilogram;
import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Gwp;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Quantity;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Unit;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.FloorRules;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Suppliers' declared footprints through the whole ledger. */
class FootprintLedgerTest {
  private static final long MINUTE = 60_000;
  private static final String ORE = "09520000000035";
  private static final String SLAG = "09520000000042";
  private static final LotId A = LotId.ofLot(HYDROXIDE, "A");
  private static final LotId P = LotId.ofLot(SULPHATE, "P");

  private final PlantFixture plant = new PlantFixture(plant());

  @AfterEach
  void aReplayGivesTheSameBytes() {
    FacilityLedger replayed = new FacilityLedger();
    for (int index = 0; index < plant.leaves.size(); index++) {
      if (index == plant.leaves.size() / 2) {
        replayed = FacilityLedger.restore(replayed.snapshot());
      }
      replayed.apply(index, Leaf.parse(plant.leaves.get(index)));
    }
    assertThat(replayed.derivedMismatches()).isZero();
    assertThat(replayed.outstanding()).isEmpty();
    assertThat(replayed.snapshot()).isEqualTo(plant.ledger.snapshot());
  }

  /** Accounting §7: 600 kg at 2.0 (PDS 80), 400 kg at 5.0 (PDS 10), own 100 kg, waste 2 kg. */
  @Test
  void aBlendOfDeclaredInputsCarriesTheirSumAndItsPrimaryDataShare() {
    declare(perKilogram(1, HYDROXIDE, "2.0", "80"), "");
    declare(perKilogram(2, ORE, "5.0", "10"), "");
    plant.read(START, 0, 0);
    receive(HYDROXIDE, "A", START + MINUTE, 600);
    receive(ORE, "B", START + MINUTE + 100, 400);
    plant.read(START + 3 * MINUTE, 0, 0);
    plant.tell(START + 3 * MINUTE, new Body.Scan("feed", START + 3 * MINUTE, "Q3", "TGM:START"));
    weighed("feed", HYDROXIDE, "A", START + 6 * MINUTE, 600);
    weighed("feed", ORE, "B", START + 7 * MINUTE, 400);
    weighed("out", SULPHATE, "P", START + 9 * MINUTE, 950);
    weighed("out", SLAG, "S", START + 10 * MINUTE, 50);
    plant.tell(START + 12 * MINUTE, new Body.Scan("feed", START + 12 * MINUTE, "Q3", "TGM:FINISH"));
    plant.read(START + 12 * MINUTE, 50_000, 50_000);
    plant.read(START + QUARTER, 50_000, 50_000);

    LotAccount product = plant.ledger.lot(P).orElseThrow().account().orElseThrow();
    assertThat(product.total()).isEqualTo(kilograms("3302"));
    Co2e primary = product.total().minus(product.secondary());
    assertThat(primary).isEqualTo(kilograms("1260"));
    assertThat(ratio(product.total(), 950, 6)).isEqualTo("3.475789");
    assertThat(ratio(primary, new BigDecimal("33.02"), 2)).isEqualTo("38.16");
    assertThat(product.inputs())
        .extracting(LotAccount.Input::basis)
        .containsOnly(LotAccount.Basis.DECLARED);
    assertThat(product.inputs())
        .extracting(LotAccount.Input::inherited)
        .containsExactlyInAnyOrder(kilograms("1200"), kilograms("2000"));
  }

  @Test
  void aFootprintOfTheLotCountsMoreThanOneOfItsProduct() {
    declare(perKilogram(1, HYDROXIDE, "3", "0"), A.path());
    declare(perKilogram(2, HYDROXIDE, "5", "0"), "");
    plant.read(START, 0, 0);
    receive(HYDROXIDE, "A", START + MINUTE, 100);
    receive(HYDROXIDE, "B", START + 2 * MINUTE, 100);

    assertThat(carried(A)).isEqualTo(kilograms("300"));
    assertThat(carried(LotId.ofLot(HYDROXIDE, "B"))).isEqualTo(kilograms("500"));
    assertThat(plant.ledger.footprints())
        .extracting(FootprintState::lots)
        .containsExactly(List.of(A), List.of(LotId.ofLot(HYDROXIDE, "B")));
  }

  @Test
  void aFootprintByOtherWarmingPotentialsThanThePlantsCountsAndIsTold() {
    declare(Footprints.counting(perKilogram(1, HYDROXIDE, "3", "0"), Gwp.AR6), "");
    declare(Footprints.counting(perKilogram(2, SLAG, "3", "0"), Gwp.AR5, Gwp.AR6), "");
    plant.read(START, 0, 0);
    receive(HYDROXIDE, "A", START + MINUTE, 100);

    assertThat(carried(A)).isEqualTo(kilograms("300"));
    assertThat(plant.ledger.problems())
        .extracting(LedgerProblem::code, LedgerProblem::subject)
        .containsExactly(tuple("footprint.gwp-differs", id(1)));
    assertThat(plant.ledger.problems().getFirst().reason())
        .contains("potentials of AR6", "those of AR5");
  }

  @Test
  void aFootprintThatComesLateRestatesTheLotAndWhatWasMadeOfIt() {
    make();
    LotAccount before = plant.ledger.lot(P).orElseThrow().account().orElseThrow();
    long beforeLeaf = plant.ledger.lot(P).orElseThrow().accountLeaf().orElseThrow();
    assertThat(before.inherited()).as("by the secondary factor").isEqualTo(kilograms("200"));

    declare(perKilogram(1, HYDROXIDE, "7", "100"), "");
    long leaf = plant.ledger.footprints().getFirst().leaf();

    assertThat(revision(A)).isEqualTo(new Revision(1, -1, leaf));
    assertThat(revision(P)).isEqualTo(new Revision(1, beforeLeaf, leaf));
    LotAccount after = plant.ledger.lot(P).orElseThrow().account().orElseThrow();
    assertThat(after.inherited()).isEqualTo(kilograms("700"));
    assertThat(after.secondary()).isEqualTo(Co2e.ZERO);
    assertThat(after.own()).isEqualTo(before.own());
  }

  @Test
  void onlyAFootprintThatWasValidWhenTheLotCameCounts() {
    declare(
        Footprints.with(perKilogram(1, HYDROXIDE, "7", "0"), true, new Period(0, START + MINUTE)),
        "");
    make();
    assertThat(carried(A)).isEqualTo(kilograms("200"));

    declare(
        Footprints.with(
            perKilogram(2, HYDROXIDE, "9", "0"),
            true,
            new Period(START + MINUTE, START + 2 * MINUTE)),
        "");
    assertThat(carried(A)).isEqualTo(kilograms("900"));
  }

  @Test
  void whatReplacesAFootprintRestatesTheLotsThatRestOnItAndIsFollowedNoFurther() {
    DeclaredFootprint first = perKilogram(1, HYDROXIDE, "3", "0");
    declare(first, "");
    make();
    declare(perKilogram(2, HYDROXIDE, "4", "0"), "");
    assertThat(carried(A)).as("both are in force: the lot keeps its own").isEqualTo(kg(300));

    DeclaredFootprint third = Footprints.instead(first, perKilogram(3, HYDROXIDE, "5", "0"));
    declare(third, "");
    assertThat(carried(A)).isEqualTo(kg(500));
    assertThat(revision(P).number()).isEqualTo(1);
    assertThat(plant.ledger.footprints().getFirst().successor()).isNotEmpty();

    // attacker: a footprint that would replace what replaced it
    declare(Footprints.instead(third, first), A.path());
    assertThat(carried(A)).isEqualTo(kg(500));
  }

  @Test
  void anotherCompanyReplacesNothing() {
    DeclaredFootprint first = perKilogram(1, HYDROXIDE, "3", "0");
    declare(first, "");
    make();

    declare(
        Footprints.by("rival", Footprints.instead(first, perKilogram(2, HYDROXIDE, "0", "100"))),
        "");

    assertThat(carried(A)).isEqualTo(kg(300));
    assertThat(plant.ledger.footprints().getFirst().successor()).isEmpty();
  }

  @Test
  void aDeprecatedFootprintIsNotUsedForNewLots() {
    DeclaredFootprint first = perKilogram(1, HYDROXIDE, "3", "0");
    declare(first, "");
    make();
    declare(Footprints.with(first, false, first.valid()), "");
    receive(HYDROXIDE, "B", START + QUARTER + MINUTE, 100);

    assertThat(carried(A)).isEqualTo(kg(300));
    assertThat(carried(LotId.ofLot(HYDROXIDE, "B"))).as("secondary").isEqualTo(kg(200));
    assertThat(plant.ledger.footprints()).extracting(FootprintState::deprecated).containsOnly(true);
  }

  @Test
  void theSameFootprintTwiceChangesNothingAndAChangedOneIsRefused() {
    DeclaredFootprint first = perKilogram(1, HYDROXIDE, "3", "0");
    declare(first, "");
    make();
    declare(first, "");
    assertThat(plant.ledger.footprints()).hasSize(1);
    assertThat(plant.ledger.problems()).isEmpty();

    declare(perKilogram(1, HYDROXIDE, "1", "0"), "");

    assertThat(carried(A)).isEqualTo(kg(300));
    assertThat(plant.ledger.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("footprint.refused");
              assertThat(problem.subject()).isEqualTo(id(1));
            });
  }

  @Test
  void aLotThatWaitsIsBookedAndStillWantsItsPassport() {
    plant.read(START, 0, 0);
    receive(ORE, "X", START + MINUTE, 100);
    LotId waiting = LotId.ofLot(ORE, "X");
    assertThat(plant.ledger.lot(waiting).orElseThrow().account()).isEmpty();

    declare(perKilogram(1, ORE, "5", "0"), "");

    assertThat(carried(waiting)).isEqualTo(kg(500));
    assertThat(revision(waiting)).isEqualTo(Revision.FIRST);
    assertThat(plant.ledger.passportsWanted()).containsExactly(waiting);
  }

  @Test
  void aPieceWeighsWhatItsFootprintSays() {
    DeclaredFootprint pieces =
        new DeclaredFootprint(
            id(1),
            true,
            List.of(),
            "Supplier",
            List.of("urn:example:supplier"),
            "Cell",
            List.of(HYDROXIDE),
            new Quantity(Unit.PIECE, new BigDecimal("10"), new BigDecimal("0.3")),
            new BigDecimal("7"),
            new BigDecimal("12.5"),
            Footprints.ALWAYS,
            new Period(0, 1),
            List.of(DeclaredFootprint.Gwp.AR5));
    Co2e whole = pieces.of(new Mass(100_000_000)).orElseThrow();
    assertThat(whole).as("100 kg are 333⅓ pieces, at 0.7 kg").isEqualTo(new Co2e(233_333_333_333L));
    assertThat(pieces.primary(whole)).isEqualTo(new Co2e(29_166_666_667L));
  }

  @Test
  void noFootprintTakesCo2eAwayOrIsBeyondAnyLot() {
    assertThatThrownBy(() -> perKilogram(1, HYDROXIDE, "-1", "0"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> perKilogram(1, HYDROXIDE, "1", "100.1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> perKilogram(1, HYDROXIDE, "100001", "0"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(perKilogram(1, HYDROXIDE, "100000", "0").of(new Mass(1_000_000_000_000L)))
        .as("1,000 t at 100,000 kg per kg would overflow the accounts")
        .isEmpty();
  }

  @Test
  void aFootprintGivesALotAtMostAThousandTonnes() {
    DeclaredFootprint one = perKilogram(1, HYDROXIDE, "1", "0");
    assertThat(one.of(new Mass(1_000_000_000_000L))).contains(kg(1_000_000));
    assertThat(one.of(new Mass(1_000_000_000_001L))).isEmpty();
  }

  private void make() {
    plant.read(START, 0, 0);
    receive(HYDROXIDE, "A", START + MINUTE, 100);
    weighed("feed", HYDROXIDE, "A", START + 3 * MINUTE, 100);
    weighed("out", SULPHATE, "P", START + 12 * MINUTE, 100);
    plant.read(START + QUARTER, 1_500, 1_500);
  }

  private void declare(DeclaredFootprint footprint, String lot) {
    plant.say(Footprints.said(footprint, lot));
    plant.settle();
  }

  private Co2e carried(LotId lot) {
    return plant.ledger.lot(lot).orElseThrow().account().orElseThrow().total();
  }

  private Revision revision(LotId lot) {
    return plant
        .ledger
        .lot(lot)
        .flatMap(LotState::account)
        .flatMap(LotAccount::detail)
        .map(LotDetail::revision)
        .orElseThrow();
  }

  private void receive(String gtin, String lot, long millis, long kilograms) {
    weighed("in", gtin, lot, millis, kilograms);
  }

  private void weighed(String scanner, String gtin, String lot, long millis, long kilograms) {
    plant.scan(millis, scanner, gtin, lot);
    plant.weigh(millis + 1, kilograms);
  }

  private static Co2e kg(long kilograms) {
    return kilograms(Long.toString(kilograms));
  }

  private static Co2e kilograms(String kilograms) {
    return new Co2e(new BigDecimal(kilograms).movePointRight(9).longValueExact());
  }

  private static String ratio(Co2e co2e, long by, int scale) {
    return ratio(co2e, BigDecimal.valueOf(by), scale);
  }

  private static String ratio(Co2e co2e, BigDecimal by, int scale) {
    return BigDecimal.valueOf(co2e.micrograms(), 9)
        .divide(by, MathContext.DECIMAL64)
        .setScale(scale, RoundingMode.HALF_EVEN)
        .toPlainString();
  }

  private static PlantModel plant() {
    PlantModel one = PlantFixture.plant("2");
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
        List.of(
            one.materials().getFirst(),
            one.materials().getLast(),
            new PlantModel.Material(ORE, "Ore", Optional.empty()),
            new PlantModel.Material(
                SLAG,
                "Slag",
                Optional.of(
                    new EmissionFactor(
                        "landfill",
                        new BigDecimal("0.04"),
                        EmissionFactor.Unit.KG,
                        "1",
                        "treatment",
                        "AR5",
                        "test",
                        "none")))),
        Additions.NONE.with(
            new FloorRules(
                List.of(new FloorRules.MaterialRule(SLAG, Optional.empty(), true)), List.of())));
  }
}
