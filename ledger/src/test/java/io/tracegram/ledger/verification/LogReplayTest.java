package io.tracegram.ledger.verification;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.account.PlantFixture;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogReplayTest {
  private final PlantFixture plant = honestPlant();

  @Test
  void believesAnHonestLogAndGivesItsFigures() {
    LogReplay replay = new LogReplay(Optional.of(plant.gatewayKey.publicKey()));

    assertThat(findings(replay, plant.leaves)).isEmpty();
    assertThat(replay.ledger().totals()).isEqualTo(plant.ledger.totals());
    assertThat(replay.ledger().outstanding()).isEmpty();
  }

  @Test
  void findsEveryFlippedByteInItsOwnLeafOrTheOneAfter() {
    for (int leaf = 0; leaf < plant.leaves.size(); leaf++) {
      byte[] honest = plant.leaves.get(leaf);
      for (int at = 12; at < honest.length; at += 7) {
        List<byte[]> forged = new ArrayList<>(plant.leaves);
        byte[] bytes = honest.clone();
        bytes[at] ^= 1;
        forged.set(leaf, bytes);
        assertThat(findings(new LogReplay(Optional.of(plant.gatewayKey.publicKey())), forged))
            .as("leaf %d byte %d", leaf, at)
            .isPresent();
      }
    }
  }

  @Test
  void findsADroppedASwappedAndARepeatedLeaf() {
    int size = plant.leaves.size();
    for (int leaf = 0; leaf < size - 1; leaf++) {
      List<byte[]> dropped = new ArrayList<>(plant.leaves);
      dropped.remove(leaf);
      List<byte[]> repeated = new ArrayList<>(plant.leaves);
      repeated.add(leaf + 1, plant.leaves.get(leaf));
      LogReplay shortened = new LogReplay(Optional.empty());
      assertThat(findings(shortened, dropped).isPresent() || shortened.holes() > 0)
          .as("without leaf %d", leaf)
          .isTrue();
      assertThat(findings(new LogReplay(Optional.empty()), repeated)).isPresent();
    }
  }

  @Test
  void trustsNoOtherGatewayThanThePinnedOne() {
    LogReplay replay = new LogReplay(Optional.of(PlantFixture.key(9).publicKey()));

    assertThat(replay.next(plant.leaves.getFirst()))
        .hasValueSatisfying(finding -> assertThat(finding.step()).isEqualTo(Finding.Step.AUTHOR));
  }

  @Test
  void goesOnFromASnapshotAndBelievesNoMoreThanBefore() {
    Optional<PublicKey> pinned = Optional.of(plant.gatewayKey.publicKey());
    for (int stop = 1; stop < plant.leaves.size(); stop++) {
      LogReplay first = new LogReplay(pinned);
      assertThat(findings(first, plant.leaves.subList(0, stop))).isEmpty();
      byte[] snapshot = first.snapshot();

      List<byte[]> rest = plant.leaves.subList(stop, plant.leaves.size());
      LogReplay second = LogReplay.restore(pinned, snapshot);
      assertThat(findings(second, rest)).isEmpty();
      assertThat(second.ledger().totals()).isEqualTo(plant.ledger.totals());

      assertThat(LogReplay.restore(pinned, snapshot).next(plant.leaves.get(stop - 1)))
          .as("leaf %d again", stop - 1)
          .isPresent();
    }
    byte[] snapshot = new LogReplay(pinned).snapshot();
    assertThatThrownBy(() -> LogReplay.restore(Optional.empty(), snapshot))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("another key");
  }

  private static PlantFixture honestPlant() {
    PlantFixture plant = new PlantFixture(PlantFixture.plant("0.177"));
    plant.read(START, 1_000, 500);
    plant.scan(START + 1, "in", HYDROXIDE, "A");
    plant.weigh(START + 1, 100);
    plant.read(START + QUARTER, 11_000, 6_500);
    return plant;
  }

  private static Optional<Finding> findings(LogReplay replay, List<byte[]> leaves) {
    return leaves.stream().map(replay::next).flatMap(Optional::stream).findFirst();
  }
}
