package io.tracegram.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.verification.LogReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that starts again goes on with the same accounts and sequences, whatever is left. */
@Timeout(120)
class RestartTest {
  private final PlantFixture plant;
  private final Path sequences;
  private final Path accounts;
  private final StatementChain chain;
  private int quarters;

  RestartTest(@TempDir Path data) {
    plant = new PlantFixture(data);
    sequences = data.resolve("snapshot/sequences");
    accounts = data.resolve("snapshot/accounts");
    chain = plant.chain();
  }

  @Test
  void goesOnFromItsSnapshots() throws Exception {
    for (int round = 0; round < 3; round++) {
      runs(5);
      assertThat(sequences).exists();
      assertThat(accounts).exists();
    }
    assertThat(verified().totals().intervals()).isEqualTo(14);
  }

  @Test
  void goesOnFromOlderSnapshotsAsAfterAKill() throws Exception {
    runs(5);
    byte[] olderSequences = Files.readAllBytes(sequences);
    runs(5);
    byte[] olderAccounts = Files.readAllBytes(accounts);
    runs(5);
    Files.write(sequences, olderSequences);
    Files.write(accounts, olderAccounts);

    runs(5);

    assertThat(verified().totals().intervals()).isEqualTo(19);
  }

  @Test
  void replaysTheLogWhereASnapshotIsLostOrDamaged() throws Exception {
    runs(5);
    byte[] damaged = Files.readAllBytes(accounts);
    damaged[damaged.length / 2] ^= 1;
    Files.write(accounts, damaged);
    Files.delete(sequences);

    runs(5);

    assertThat(verified().totals().intervals()).isEqualTo(9);
  }

  @Test
  void refusesTheSnapshotOfAnotherHistory(@TempDir Path elsewhere) throws Exception {
    PlantFixture other = new PlantFixture(elsewhere);
    Gateway gateway = other.start(false);
    StatementChain another = other.chain();
    try (PahoAgent agent = new PahoAgent(PlantFixture.AGENT, gateway.mqttPort())) {
      for (int i = 0; i < 5; i++) {
        assertThat(agent.publish(PlantFixture.reading(another, i, i * 7_000L)).code()).isZero();
      }
    }
    gateway.stop();
    runs(5);
    Files.copy(
        elsewhere.resolve("snapshot/accounts"), accounts, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(
        elsewhere.resolve("snapshot/sequences"), sequences, StandardCopyOption.REPLACE_EXISTING);

    runs(5);

    assertThat(verified().totals().intervals()).isEqualTo(9);
  }

  /** Starts the gateway, lets the agent read some quarters of an hour and send the last again. */
  private void runs(int readings) throws Exception {
    Gateway gateway = plant.start(false);
    try (PahoAgent agent = new PahoAgent(PlantFixture.AGENT, gateway.mqttPort())) {
      for (int i = 0; i < readings; i++) {
        var statement = PlantFixture.reading(chain, quarters++);
        assertThat(agent.publish(statement).code()).isZero();
        assertThat(agent.publish(statement).code()).as("a repeat").isZero();
      }
    }
    gateway.stop();
  }

  private FacilityLedger verified() throws IOException {
    LogReplay replay = new LogReplay(Optional.of(plant.gatewayKey.publicKey()));
    for (byte[] leaf : plant.leaves()) {
      assertThat(replay.next(leaf)).isEmpty();
    }
    assertThat(replay.ledger().outstanding()).isEmpty();
    assertThat(plant.loggedByAgents()).hasSize(quarters);
    return replay.ledger();
  }
}
