package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.Sharing;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Three lots of 10, 20 and 30 kg in an oven that takes 12 kWh in a quarter of an hour: they enter
 * at 0, 5 and 10 minutes, so that 4 kWh are A's, 4 A's and B's, 4 A's, B's and C's.
 */
class OvenTest {
  private static final long MINUTE = 60_000;
  private static final LotId A = LotId.ofLot(HYDROXIDE, "A");
  private static final LotId B = LotId.ofLot(HYDROXIDE, "B");

  private PlantFixture plant = oven(Sharing.Weight.ONE);

  static PlantModel model(Sharing.Weight weight) {
    return PlantFixture.with(
        PlantFixture.plant("0.2"),
        additions ->
            additions
                .with(
                    new Sharing(
                        List.of(
                            new Sharing.Rule(
                                "furnace", Optional.of(weight), true, Sharing.Share.MASS))))
                .with(new Absorption(Absorption.Policy.NONE, Absorption.Key.MASS)));
  }

  private static PlantFixture oven(Sharing.Weight weight) {
    return new PlantFixture(model(weight));
  }

  @AfterEach
  void aReplayGivesTheSameBytes() {
    FacilityLedger replayed = new FacilityLedger();
    for (int index = 0; index < plant.leaves.size(); index++) {
      replayed.apply(index, Leaf.parse(plant.leaves.get(index)));
    }
    assertThat(replayed.derivedMismatches()).isZero();
    assertThat(replayed.snapshot()).isEqualTo(plant.ledger.snapshot());
    assertThat(FacilityLedger.restore(replayed.snapshot()).snapshot())
        .isEqualTo(replayed.snapshot());
  }

  @Test
  void lotsThatCountTheSameShareEachSegmentEvenly() {
    bake();
    assertThat(orders()).containsExactly(7_333_334L, 3_333_333L, 1_333_333L);
  }

  @Test
  void lotsShareEachSegmentByMass() {
    plant = oven(Sharing.Weight.MASS);
    bake();
    assertThat(orders())
        .as("4 + 4 × 10/30 + 4 × 10/60, 4 × 20/30 + 4 × 20/60, 4 × 30/60")
        .containsExactly(6_000_000L, 4_000_000L, 2_000_000L);
  }

  @Test
  void lotsShareTheWholeQuarterByMassAndTime() {
    plant = oven(Sharing.Weight.MASS_TIME);
    bake();
    assertThat(orders())
        .as("10 kg × 15 min, 20 × 10, 30 × 5: 150, 200 and 150 of 500 kg·min")
        .containsExactly(3_600_000L, 4_800_000L, 3_600_000L);
  }

  @Test
  void whereNobodyIsInTheOvenItIsIdle() {
    plant.read(START, 0, 0);
    receive();
    feed("B", START + 5 * MINUTE, 20);
    out("B", START + 10 * MINUTE, 20);
    plant.read(START + QUARTER, 12_000, 12_000);

    assertThat(cells()).containsEntry(Cell.Kind.IDLE, 8_000_000L);
    assertThat(orders()).containsExactly(4_000_000L);
  }

  @Test
  void anOrderWithoutAMassLeavesItsSegmentUnattributedAndSaysWhy() {
    plant = oven(Sharing.Weight.MASS);
    plant.read(START, 0, 0);
    receive();
    feed("A", START, 10);
    plant.tell(START + 10 * MINUTE, new Body.Scan("feed", START + 10 * MINUTE, "Q3", "TGM:START"));
    plant.read(START + QUARTER, 12_000, 12_000);

    assertThat(cells()).containsEntry(Cell.Kind.UNATTRIBUTED, 4_000_000L);
    assertThat(orders()).containsExactly(8_000_000L);
    FacilityInterval quarter = plant.ledger.facilityIntervals(START, START + 1).getFirst();
    assertThat(quarter.marks())
        .containsExactly(new Mark("furnace-meter", Mark.Kind.WEIGHT_MISSING));
    assertThat(plant.ledger.problems())
        .filteredOn(problem -> problem.code().equals("energy.unattributed"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.subject()).isEqualTo("furnace-meter");
              assertThat(problem.reason()).contains("4 kWh", "mass");
            });
  }

  @Test
  void aLotComesOutAsItsNextRevisionAndCarriesWhatItWasAndTheOven() {
    bake();
    out("A", START + QUARTER + 5 * MINUTE, 9);
    plant.read(START + 2 * QUARTER, 12_000, 12_000);

    LotAccount account = plant.ledger.lot(A).orElseThrow().account().orElseThrow();
    assertThat(account.mass()).isEqualTo(new Mass(9_000_000));
    assertThat(account.inherited()).as("10 kg at 2 kg/kg").isEqualTo(new Co2e(20_000_000_000L));
    assertThat(account.own().co2e()).as("7.333334 kWh × 0.2").isEqualTo(new Co2e(1_466_666_800L));
    assertThat(account.detail().orElseThrow().revision()).isEqualTo(Revision.FIRST);
    assertThat(plant.ledger.problems()).isEmpty();
  }

  @Test
  void aLotThatGoesThroughTwiceSaysItsSecondFigureOnceAndTracesBack() {
    plant.read(START, 0, 0);
    receive();
    feed("A", START + MINUTE, 10);
    out("A", START + 4 * MINUTE, 10);
    feed("A", START + 7 * MINUTE, 10);
    out("A", START + 10 * MINUTE, 10);
    plant.read(START + QUARTER, 12_000, 12_000);

    LotAccount account = plant.ledger.lot(A).orElseThrow().account().orElseThrow();
    assertThat(account.total().micrograms())
        .as("20 kg and 2 × 3 minutes at 48 kW")
        .isEqualTo(20_000_000_000L + 4_800L * 200_000);
    assertThat(account.detail().orElseThrow().revision().number()).isEqualTo(1);
    assertThat(plant.ledger.family(A).ancestors()).hasSize(2);
    assertThat(plant.ledger.passportsWanted()).isEmpty();
  }

  @Test
  void reworkThatIsUndoneGivesTheFigureBeforeAgain() {
    plant.read(START, 0, 0);
    receive();
    feed("A", START + MINUTE, 10);
    out("A", START + 4 * MINUTE, 10);
    plant.read(START + QUARTER, 12_000, 12_000);
    Co2e once = plant.ledger.lot(A).orElseThrow().account().orElseThrow().total();
    feed("A", START + QUARTER + MINUTE, 10);
    out("A", START + QUARTER + 2 * MINUTE, 10);
    plant.read(START + 2 * QUARTER, 24_000, 24_000);
    assertThat(total(A)).isGreaterThan(once);

    long now = START + 2 * QUARTER + MINUTE;
    plant.tell(now, new Body.Scan("out", now, "Q3", "TGM:UNDO"));
    plant.tell(now + 1, new Body.Scan("feed", now + 1, "Q3", "TGM:UNDO"));
    plant.read(START + 3 * QUARTER, 24_000, 24_000);

    assertThat(total(A)).isEqualTo(once);
    LotAccount account = plant.ledger.lot(A).orElseThrow().account().orElseThrow();
    assertThat(account.detail().orElseThrow().revision().number()).isEqualTo(2);
  }

  @Test
  void theOrderInWhichScansAreToldMakesNoDifference() {
    bake();
    out("B", START + 14 * MINUTE, 20);
    Map<Cell.Kind, Long> before = cells();
    PlantFixture told = plant;
    plant = oven(Sharing.Weight.ONE);
    plant.read(START, 0, 0);
    receive();
    out("B", START + 14 * MINUTE, 20);
    feed("C", START + 10 * MINUTE, 30);
    feed("B", START + 5 * MINUTE, 20);
    feed("A", START, 10);
    plant.read(START + QUARTER, 12_000, 12_000);

    assertThat(cells()).isEqualTo(before);
    assertThat(told.ledger.lot(B).orElseThrow().remaining())
        .isEqualTo(plant.ledger.lot(B).orElseThrow().remaining());
  }

  private Co2e total(LotId lot) {
    return plant.ledger.lot(lot).orElseThrow().account().orElseThrow().total();
  }

  private void bake() {
    plant.read(START, 0, 0);
    receive();
    feed("A", START, 10);
    feed("B", START + 5 * MINUTE, 20);
    feed("C", START + 10 * MINUTE, 30);
    plant.read(START + QUARTER, 12_000, 12_000);
  }

  private void receive() {
    weighed("in", "A", START - 3 * MINUTE, 10);
    weighed("in", "B", START - 2 * MINUTE, 20);
    weighed("in", "C", START - MINUTE, 30);
  }

  private void feed(String lot, long millis, long kilograms) {
    weighed("feed", lot, millis, kilograms);
  }

  private void out(String lot, long millis, long kilograms) {
    weighed("out", lot, millis, kilograms);
  }

  private void weighed(String scanner, String lot, long millis, long kilograms) {
    plant.scan(millis, scanner, HYDROXIDE, lot);
    plant.weigh(millis + 1, kilograms);
  }

  /** Returns each order's energy, in the order in which they began. */
  private List<Long> orders() {
    Map<Integer, Long> energies = new TreeMap<>();
    for (Entry entry : plant.ledger.facilityIntervals(START, START + 1).getFirst().entries()) {
      if (entry.cell().kind() == Cell.Kind.DIRECT) {
        String order = entry.cell().order();
        energies.put(Integer.parseInt(order.substring(order.indexOf('@') + 1)), entry.amount());
      }
    }
    return List.copyOf(energies.values());
  }

  private Map<Cell.Kind, Long> cells() {
    FacilityInterval quarter = plant.ledger.facilityIntervals(START, START + 1).getFirst();
    assertThat(quarter.co2e(Basis.LB_ANNUAL)).isPresent();
    return quarter.entries().stream()
        .collect(Collectors.toMap(e -> e.cell().kind(), Entry::amount, Long::sum, TreeMap::new));
  }
}
