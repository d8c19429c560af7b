package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.verification.Finding;
import io.tracegram.ledger.verification.LogReplay;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalculatorsTest {
  @Test
  void accountsByTheRulesInForceAndRecomputesOldOnesByteForByte() {
    PlantFixture plant = new PlantFixture(PlantFixture.plant("0.177"), 1);
    plant.read(START, 0, 0);
    plant.read(START + QUARTER, 10_000, 6_000);
    plant.say(new Body.Calculator(2));
    plant.read(START + 2 * QUARTER, 20_000, 12_000);

    assertThat(plant.ledger.intervals(START, START + 2 * QUARTER))
        .extracting(IntervalAccount::idle)
        .containsOnly(new Share(new Energy(6_000_000), new Co2e(1_062_000_000L)));
    assertThat(accountVersions(plant)).containsExactly(1, 2);

    plant.assertReplaysToTheSameBytes();
  }

  @Test
  void refusesRulesItDoesNotHaveAndNeverGoesBack() {
    assertThat(finding(FacilityLedger.CALCULATOR + 1)).contains("use a newer release");
    assertThat(finding(1)).contains("goes back to calculator 1 from 4");
  }

  private static String finding(int calculator) {
    PlantFixture plant = new PlantFixture(PlantFixture.plant("0.177"));
    assertThatThrownBy(() -> plant.say(new Body.Calculator(calculator)))
        .isInstanceOf(IllegalStateException.class);
    LogReplay replay = new LogReplay(Optional.of(plant.gatewayKey.publicKey()));
    Optional<Finding> finding = Optional.empty();
    for (byte[] leaf : plant.leaves) {
      finding = replay.next(leaf);
    }
    return finding.orElseThrow().reason();
  }

  private static List<Integer> accountVersions(PlantFixture plant) {
    return plant.leaves.stream()
        .map(leaf -> Leaf.parse(leaf).statement().statement().body())
        .filter(Body.Derived.class::isInstance)
        .map(
            body ->
                AccountCodec.decode(((Body.Derived) body).content().bytes()).calculatorVersion())
        .toList();
  }
}
