package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void goesOnExactlyAsALedgerThatNeverStopped(long seed) {
    List<byte[]> leaves = randomDay(seed);
    FacilityLedger steady = new FacilityLedger();
    FacilityLedger restarted = new FacilityLedger();
    Random random = new Random(seed);
    for (int index = 0; index < leaves.size(); index++) {
      Leaf leaf = Leaf.parse(leaves.get(index));
      steady.apply(index, leaf);
      restarted.apply(index, leaf);
      if (random.nextInt(3) == 0) {
        restarted = FacilityLedger.restore(restarted.snapshot());
      }
      assertThat(restarted.outstanding()).isEqualTo(steady.outstanding());
      assertThat(restarted.closable()).isEqualTo(steady.closable());
    }
    assertThat(restarted.snapshot()).isEqualTo(steady.snapshot());
    assertThat(restarted.totals()).isEqualTo(steady.totals());
    assertThat(restarted.problems()).isEqualTo(steady.problems());
    assertThat(restarted.lots(1_000)).isEqualTo(steady.lots(1_000));
    assertThat(restarted.intervals(0, Long.MAX_VALUE))
        .isEqualTo(steady.intervals(0, Long.MAX_VALUE))
        .isNotEmpty();
    assertThat(steady.derivedMismatches()).isZero();
  }

  @Test
  void refusesBytesThatAreNoSnapshotOfThisShape() {
    byte[] snapshot = new FacilityLedger().snapshot();
    snapshot[0] = (byte) 0x81;

    assertThatThrownBy(() -> FacilityLedger.restore(snapshot))
        .isInstanceOf(MalformedException.class);
  }

  /** A day with lots, resets, gaps, bad devices, wrong scans and late readings. */
  private static List<byte[]> randomDay(long seed) {
    PlantFixture plant = new PlantFixture(PlantFixture.plant("0.177"));
    Random random = new Random(seed);
    long main = 1_000;
    long furnace = 100;
    long now = START;
    for (int step = 0; step < 200; step++) {
      now += random.nextLong(QUARTER / 3);
      switch (random.nextInt(9)) {
        case 0 -> {
          plant.scan(now, "in", HYDROXIDE, "A" + random.nextInt(20));
          plant.weigh(now, 50 + random.nextInt(100));
        }
        case 1 -> {
          plant.scan(now, "feed", HYDROXIDE, "A" + random.nextInt(20));
          plant.weigh(now, 10 + random.nextInt(60));
        }
        case 2 -> {
          plant.scan(now, "out", SULPHATE, "P" + random.nextInt(20));
          plant.weigh(now, 5 + random.nextInt(60));
        }
        case 3 -> plant.scan(now, "dock", SULPHATE, "P" + random.nextInt(20));
        case 4 ->
            plant.tell(
                now,
                new Body.DeviceStatus(
                    "furnace-meter",
                    random.nextBoolean()
                        ? Body.DeviceStatus.State.BAD
                        : Body.DeviceStatus.State.GOOD,
                    "modbus.timeout",
                    "no answer",
                    now,
                    1));
        case 5 -> plant.read(now, random.nextInt(10_000), random.nextInt(1_000));
        default -> {
          long part = random.nextInt(5_000);
          furnace += part;
          main += part + random.nextInt(2_000);
          plant.read(now, main, furnace);
        }
      }
    }
    return plant.leaves;
  }
}
