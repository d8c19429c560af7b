package io.tracegram.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.verification.LogReplay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static final PlantModel SMALL = PlantFixture.plant("0.177");
  private static final PlantModel LARGE = large();

  @Test
  void aPlantLargerThanALeafComesInParts() {
    List<Body> stated = stated(LARGE);
    assertThat(stated).hasSizeGreaterThan(2).last().isInstanceOf(Body.PlantModelDeclared.class);

    PlantFixture plant = new PlantFixture(LARGE);

    assertThat(plant.ledger.plant()).contains(LARGE);
    assertThat(plant.leaves).allSatisfy(leaf -> assertThat(leaf.length).isLessThan(65_536));
    LogReplay replay = new LogReplay(Optional.of(plant.gatewayKey.publicKey()));
    assertThat(plant.leaves.stream().map(replay::next)).allMatch(Optional::isEmpty);
    assertThat(replay.ledger().plant()).contains(LARGE);
  }

  @Test
  void aPlantWhosePartsAreIncompleteIsNotInForceAndTheOneBeforeIs() {
    PlantFixture plant = new PlantFixture(SMALL);
    List<Body> stated = stated(LARGE);

    plant.say(stated.getFirst());
    plant.say(stated.getLast());

    assertThat(plant.ledger.plant()).contains(SMALL);
    assertThat(plant.ledger.problems())
        .extracting(LedgerProblem::code)
        .containsExactly("evidence.parts-missing");
  }

  @Test
  void aPartOutOfOrderIsToldAndThePlantCanBeStatedAnew() {
    PlantFixture plant = new PlantFixture(SMALL);
    List<Body> stated = stated(LARGE);

    plant.say(stated.get(1));
    assertThat(plant.ledger.problems())
        .extracting(LedgerProblem::code)
        .containsExactly("evidence.parts-missing");
    stated.forEach(plant::say);

    assertThat(plant.ledger.plant()).contains(LARGE);
  }

  @Test
  void refusesToStateMoreThanTheLimit() {
    assertThatThrownBy(
            () -> Document.stated(new byte[Document.MAX_LENGTH + 1], Body.PlantModelDeclared::new))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than 16777216");
  }

  private static List<Body> stated(PlantModel plant) {
    return Document.stated(PlantModelCodec.encode(plant), Body.PlantModelDeclared::new);
  }

  private static PlantModel large() {
    List<PlantModel.Workstation> stations = new ArrayList<>(SMALL.workstations());
    for (int i = 0; i < 900; i++) {
      stations.add(new PlantModel.Workstation("station-" + i, "x".repeat(150)));
    }
    return new PlantModel(
        SMALL.facility(),
        SMALL.name(),
        SMALL.operator(),
        SMALL.timeZone(),
        SMALL.simulated(),
        SMALL.agents(),
        SMALL.grid().factor().orElseThrow(),
        stations,
        SMALL.meters(),
        SMALL.scales(),
        SMALL.scanners(),
        SMALL.materials());
  }
}
