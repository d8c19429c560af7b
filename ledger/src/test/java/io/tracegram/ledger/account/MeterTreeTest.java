package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.Site.at;
import static io.tracegram.ledger.account.Site.below;
import static io.tracegram.ledger.account.Site.in;
import static io.tracegram.ledger.account.Site.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.plant.PlantModel.Meter;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Main meter of class 1 above a press and a furnace, of class 1 too and read to 1 Wh. */
class MeterTreeTest {
  private final Site site =
      new Site(
          source("grid", Meter.Role.GRID_IMPORT), below("grid", "press"), below("grid", "furnace"));

  /** 10,100 Wh below 10,000: errors are √(101² + 51² + 52²) = 124 Wh, so 100 is within them. */
  @Test
  void scalesDownWhatCountedMoreThanAboveWithinTheErrors() {
    read(0, 0, 0, 0);
    read(15, 10_000, 5_000, 5_100);

    assertThat(site.quarter(0).marks()).containsExactly(new Mark(Entry.SITE, Mark.Kind.RECONCILED));
    // 10,000,000 · 50/101 = 4,950,495.05; · 51/101 = 5,049,504.95: the remainder goes to the latter
    assertThat(parts()).isEqualTo(Map.of("press OVERHEAD", 4_950_495L, "furnace IDLE", 5_049_505L));
  }

  @Test
  void attributesNothingWhereTheyCountedMoreThanTheErrorsExplain() {
    read(0, 0, 0, 0);
    read(15, 10_000, 5_000, 5_200);

    assertThat(site.quarter(0).marks()).containsExactly(new Mark(Entry.SITE, Mark.Kind.IMBALANCE));
    assertThat(parts()).isEqualTo(Map.of("site UNATTRIBUTED", 10_000_000L));
    assertThat(site.problems()).contains("energy.imbalance site");
  }

  @Test
  void leavesWhatAMissingMeterCountedUnattributedUntilItIsReadAgain() {
    read(0, 0, 0, 0);
    site.plant.tell(
        at(1),
        new Body.DeviceStatus(
            "furnace", Body.DeviceStatus.State.BAD, "modbus.timeout", "no answer", at(1), 1));
    site.read(15, in("grid", 10_000), in("press", 4_000));

    assertThat(parts())
        .isEqualTo(Map.of("press OVERHEAD", 4_000_000L, "site UNATTRIBUTED", 6_000_000L));
    assertThat(site.quarter(0).marks())
        .containsExactly(new Mark(Entry.SITE, Mark.Kind.METER_MISSING));

    // 6,000 Wh on the furnace in half an hour, half of them in each quarter
    read(30, 20_000, 8_000, 6_000);

    assertThat(parts())
        .isEqualTo(
            Map.of(
                "press OVERHEAD",
                4_000_000L,
                "furnace IDLE",
                3_000_000L,
                "site OVERHEAD",
                3_000_000L));
    Revision revision = site.quarter(0).revision();
    assertThat(revision.number()).isEqualTo(1);
    assertThat(revision.previous()).isPositive();
    assertThat(revision.cause()).isGreaterThan(revision.previous());
    assertThat(site.ledger.totals().conservationError().micrograms()).isZero();
  }

  private void read(long minutes, long grid, long press, long furnace) {
    site.read(minutes, in("grid", grid), in("press", press), in("furnace", furnace));
  }

  private Map<String, Long> parts() {
    Map<String, Long> parts = new TreeMap<>();
    for (Entry entry : site.quarter(0).entries()) {
      Cell cell = entry.cell();
      parts.put(entry.node() + " " + cell.kind() + cell.order(), entry.amount());
    }
    return parts;
  }
}
