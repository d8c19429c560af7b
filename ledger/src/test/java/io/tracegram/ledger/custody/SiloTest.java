package io.tracegram.ledger.custody;

import static io.tracegram.ledger.custody.FloorFixture.CAKE;
import static io.tracegram.ledger.custody.FloorFixture.DUST;
import static io.tracegram.ledger.custody.FloorFixture.ORE;
import static io.tracegram.ledger.custody.FloorFixture.POWDER;
import static io.tracegram.ledger.custody.FloorFixture.code;
import static io.tracegram.ledger.custody.FloorFixture.event;
import static io.tracegram.ledger.custody.FloorFixture.found;
import static io.tracegram.ledger.custody.FloorFixture.kilograms;
import static io.tracegram.ledger.custody.FloorFixture.lot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.Floor.Outcome;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.plant.Silo;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is poured into a silo, and drawn from it. */
class SiloTest {
  private final FloorFixture at = new FloorFixture();

  @Test
  void whatIsPouredInBecomesOneLotAndWhatIsDrawnIsAPartOfIt() {
    receive(0, POWDER, "A", 600);
    receive(1, POWDER, "B", 400);
    CustodyEvent first = event(at.label(2, "mill-pour", lot(POWDER, "A")));
    CustodyEvent second = event(at.weighed(3, "mill-fill", lot(POWDER, "B"), 300));
    at.restart();
    Outcome drawn = at.weighed(4, "mill-draw", lot(POWDER, "D"), 250);

    LotId afterFirst = LotId.ofContent(POWDER, "bin", first.cause());
    LotId afterSecond = LotId.ofContent(POWDER, "bin", second.cause());
    assertThat(first.outputs()).containsExactly(quantity(afterFirst, 600));
    assertThat(second.inputs())
        .containsExactly(quantity(afterFirst, 600), quantity(lot(POWDER, "B"), 300));
    assertThat(second.outputs()).containsExactly(quantity(afterSecond, 900));
    assertThat(second.type()).isEqualTo(CustodyEvent.Type.TRANSFORMED);
    assertThat(event(drawn).type()).isEqualTo(CustodyEvent.Type.SPLIT);
    assertThat(event(drawn).inputs()).containsExactly(quantity(afterSecond, 250));
    assertThat(drawn.text()).isEqualTo("Drew 250 kg from The bin as D: 650 kg are left");
    assertThat(remaining(afterFirst)).isEqualTo(Mass.ZERO);
    assertThat(remaining(afterSecond)).isEqualTo(kilograms(650));
    assertThat(remaining(lot(POWDER, "B"))).isEqualTo(kilograms(100));
    assertThat(at.floor.lots()).as("A, B and D").isEqualTo(3);
    assertThat(afterSecond.silo()).isEqualTo("bin");
  }

  @Test
  void theLastDrawTakesTheRestIfTheScalesDiffer() {
    fill("A", 100);
    at.weighed(4, "mill-draw", lot(POWDER, "D"), 40);
    label(5, "E");
    Outcome last = at.milligrams(millis(5), "mill-draw", 60_050_000);

    assertThat(event(last).inputs().getFirst().mass()).isEqualTo(kilograms(60));
    assertThat(at.floor.stock(lot(POWDER, "E")).orElseThrow().mass())
        .isEqualTo(new Mass(60_050_000));
    assertThat(code(at.weighed(6, "mill-draw", lot(POWDER, "F"), 1)))
        .isEqualTo("custody.silo-empty");
  }

  @Test
  void aSiloThatWasEmptyBeginsAnew() {
    fill("A", 100);
    at.weighed(4, "mill-draw", lot(POWDER, "D"), 100);
    receive(5, POWDER, "B", 70);
    CustodyEvent poured = event(at.label(6, "mill-pour", lot(POWDER, "B")));

    assertThat(poured.inputs()).containsExactly(quantity(lot(POWDER, "B"), 70));
    assertThat(poured.outputs().getFirst().mass()).isEqualTo(kilograms(70));
  }

  @Test
  void moreThanIsInIsNotDrawn() {
    assertThat(code(at.weighed(0, "mill-draw", lot(POWDER, "D"), 1)))
        .isEqualTo("custody.silo-empty");
    fill("A", 100);
    Outcome beyond = at.weighed(4, "mill-draw", lot(POWDER, "D"), 101);
    assertThat(code(beyond)).isEqualTo("custody.beyond-silo");
    assertThat(beyond.text()).contains("101 kg weighed, but only 100 kg are in The bin");
  }

  @Test
  void whatDoesNotBelongThereIsNeitherPouredNorDrawn() {
    receive(0, ORE, "A", 50);
    receive(1, CAKE, "C", 50);
    assertThat(code(at.label(2, "mill-pour", lot(ORE, "A")))).isEqualTo("custody.silo-material");
    assertThat(event(at.label(3, "mill-pour", lot(CAKE, "C"))).outputs().getFirst().lot().gtin())
        .as("the silo lists cake, and its blend is powder")
        .isEqualTo(POWDER);
    assertThat(code(at.weighed(4, "mill-draw", lot(CAKE, "D"), 5)))
        .isEqualTo("custody.silo-material");
    assertThat(code(at.weighed(5, "mill-draw", lot(DUST, "D"), 5)))
        .isEqualTo("custody.silo-material");
    assertThat(code(at.label(6, "mill-pour", lot(POWDER, "unknown"))))
        .isEqualTo("custody.unknown-lot");
    assertThat(code(at.label(7, "mill-pour", lot(CAKE, "C")))).isEqualTo("custody.lot-used-up");
    assertThat(code(at.weighed(8, "mill-draw", lot(CAKE, "C"), 5))).isEqualTo("custody.lot-twice");
  }

  @Test
  void moreThanASiloHoldsIsAnException() {
    receive(0, POWDER, "A", 1_100);
    assertThat(found(at.label(1, "mill-pour", lot(POWDER, "A")))).contains("custody.silo-over");
  }

  @Test
  void aLateScanCountsForWhatIsInTheSiloNow() {
    fill("A", 100);
    receive(3, POWDER, "B", 100);
    at.weighed(10, "mill-draw", lot(POWDER, "D"), 60);
    at.label(20, "mill-pour", lot(POWDER, "B"));
    receive(21, POWDER, "C", 10);
    Outcome fill = at.label(15, "mill-pour", lot(POWDER, "C"));
    Outcome draw = at.weighed(12, "mill-draw", lot(POWDER, "E"), 150);

    assertThat(found(fill)).contains("custody.silo-late");
    assertThat(event(fill).eventMillis()).isEqualTo(millis(15));
    assertThat(found(draw)).contains("custody.silo-late");
    assertThat(event(draw).inputs())
        .containsExactly(quantity(LotId.ofContent(POWDER, "bin", event(fill).cause()), 150));
    receive(30 * 60, POWDER, "F", 10);
    assertThat(code(at.label(0, "mill-pour", lot(POWDER, "F")))).isEqualTo("custody.too-late");
  }

  @Test
  void theLastFillOrDrawIsUndoneUnlessSomethingRestsOnIt() {
    fill("A", 100);
    receive(4, POWDER, "B", 50);
    CustodyEvent poured = event(at.label(5, "mill-pour", lot(POWDER, "B")));
    CustodyEvent drawn = event(at.weighed(6, "mill-draw", lot(POWDER, "D"), 30));
    at.restart();

    assertThat(code(at.card(7, "mill-pour", "UNDO"))).isEqualTo("custody.undo-rests");
    assertThat(event(at.card(8, "mill-draw", "UNDO")).cause()).isEqualTo(drawn.cause());
    assertThat(at.floor.stock(lot(POWDER, "D"))).isEmpty();
    CustodyEvent undone = event(at.card(9, "mill-pour", "UNDO"));
    assertThat(undone.cause()).isEqualTo(poured.cause());
    assertThat(undone.error()).isPresent();
    assertThat(remaining(lot(POWDER, "B"))).isEqualTo(kilograms(50));
    assertThat(at.floor.stock(undone.outputs().getFirst().lot())).isEmpty();
    at.weighed(10, "mill-draw", lot(POWDER, "E"), 100);
    assertThat(code(at.weighed(11, "mill-draw", lot(POWDER, "F"), 1)))
        .as("what is in it is as it was before")
        .isEqualTo("custody.silo-empty");
  }

  @Test
  void aDrawnLotThatWasUsedStays() {
    fill("A", 100);
    at.weighed(4, "mill-draw", lot(POWDER, "D"), 30);
    at.label(5, "mill-hand", lot(POWDER, "D"));
    assertThat(at.card(6, "mill-draw", "UNDO").text()).contains("was consumed in mill@");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mill-receive", "mill-in", "mill-pour", "mill-draw", "mill-ship"})
  void noLabelClaimsTheNumberOfAContent(String scanner) {
    fill("A", 100);
    LotId content =
        at.floor.newestFirst().map(Stock::lot).filter(LotId::isContent).findFirst().orElseThrow();
    assertThat(code(at.label(5, scanner, content))).isEqualTo("custody.not-gs1");
    assertThat(remaining(content)).isEqualTo(kilograms(100));
  }

  @Test
  void aReworkedLotIsPouredAsTheRevisionThatItIs() {
    receive(0, POWDER, "A", 100);
    at.weighed(1, "mill-in", lot(POWDER, "A"), 100);
    event(at.weighed(2, "mill-out", lot(POWDER, "A"), 90));
    CustodyEvent poured = event(at.label(3, "mill-pour", lot(POWDER, "A")));

    assertThat(at.floor.order(poured.order()).orElseThrow().inputs())
        .containsExactly(new LotQuantity(lot(POWDER, "A"), kilograms(90), 1));
  }

  @Test
  void whatWaitsForItsWeightIsRefusedOnceThePlantHasNoSilo() {
    receive(0, POWDER, "A", 100);
    event(at.label(1, "mill-pour", lot(POWDER, "A")));
    receive(2, POWDER, "B", 100);
    PlantModel without = withoutSilos();
    at.label(3, "mill-fill", lot(POWDER, "B"));
    label(4, "D");

    assertThat(code(at.floor.weight(without, scale(5, "mill-fill-scale", 100))))
        .isEqualTo("custody.no-silo");
    assertThat(code(at.floor.weight(without, scale(6, "mill-draw-scale", 40))))
        .isEqualTo("custody.no-silo");
    assertThat(remaining(lot(POWDER, "B"))).isEqualTo(kilograms(100));
    assertThat(at.floor.stock(lot(POWDER, "D"))).isEmpty();
  }

  @Test
  void theRulesBeforeTheCardsKnowNoSilos() {
    at.floor = new Floor();
    at.floor.scan(at.plant, 1, new Body.Scan("mill-pour", millis(0), "Q3", "01" + POWDER + "10A"));
    assertThat(code(at.label(0, "mill-pour", lot(POWDER, "A")))).isEqualTo("custody.unknown-step");
  }

  @Test
  void aPlantsSilosComeBackFromItsModel() {
    assertThat(PlantModelCodec.decode(PlantModelCodec.encode(at.plant))).isEqualTo(at.plant);
  }

  @Test
  void aSiloThatCannotBeIsNotBuilt() {
    Silo bin = at.plant.additions().silos().getFirst();
    assertThatIllegalArgumentException().isThrownBy(() -> with(bin, bin));
    assertThatIllegalArgumentException().isThrownBy(this::with);
    assertThatIllegalArgumentException().isThrownBy(() -> with(silo("bin", List.of("mill-fill"))));
    assertThatIllegalArgumentException().isThrownBy(() -> silo("b.in", bin.scanners()));
    assertThatIllegalArgumentException().isThrownBy(() -> silo("longer-than-8", bin.scanners()));
  }

  private PlantModel with(Silo... silos) {
    return with(at.plant.scanners(), silos);
  }

  private PlantModel withoutSilos() {
    return with(
        at.plant.scanners().stream().filter(scanner -> !scanner.step().isOfSilo()).toList());
  }

  private PlantModel with(List<PlantModel.Scanner> scanners, Silo... silos) {
    PlantModel plant = at.plant;
    return new PlantModel(
        plant.facility(),
        plant.name(),
        plant.operator(),
        plant.timeZone(),
        plant.simulated(),
        plant.agents(),
        plant.grid(),
        plant.carriers(),
        plant.workstations(),
        plant.meters(),
        plant.scales(),
        scanners,
        plant.materials(),
        plant.additions().withSilos(List.of(silos)));
  }

  private static Silo silo(String id, List<String> scanners) {
    return new Silo(id, id, POWDER, "mill", List.of(), Optional.empty(), scanners);
  }

  private void fill(String number, long kilograms) {
    receive(0, POWDER, number, kilograms);
    event(at.label(1, "mill-pour", lot(POWDER, number)));
  }

  private void receive(long minute, String gtin, String number, long kilograms) {
    event(at.weighed(minute, "mill-receive", lot(gtin, number), kilograms));
  }

  private void label(long minute, String number) {
    assertThat(at.label(minute, "mill-draw", lot(POWDER, number)).text()).startsWith("Waits");
  }

  private Mass remaining(LotId lot) {
    return at.floor.stock(lot).orElseThrow().remaining();
  }

  private static Body.Weight scale(long minute, String scale, long kilograms) {
    return new Body.Weight(scale, millis(minute), kilograms(kilograms));
  }

  private static long millis(long minute) {
    return FloorFixture.NOON + minute * FloorFixture.MINUTE;
  }

  private static LotQuantity quantity(LotId lot, long kilograms) {
    return new LotQuantity(lot, kilograms(kilograms));
  }
}
