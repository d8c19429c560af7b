package io.tracegram.cloud.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.cloud.inventory.AuditedBatch.Logged;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on a real PostgreSQL, in the order of one program's life. */
class PostgresStoreTest {
  private static final LotId LOT = LotId.ofLot("09520000000028", "P");
  private static final LotId ITEM = LotId.ofSerial("09520000000035", "S1");
  private static final LotAccount ITEM_ACCOUNT =
      new LotAccount(
          ITEM,
          "Pack",
          new Mass(400_000_000),
          share(5, 7),
          new Co2e(100),
          new Co2e(40),
          List.of(
              new LotAccount.Input(
                  LOT, "Sulphate", new Mass(9), new Co2e(60), LotAccount.Basis.PASSPORT),
              new LotAccount.Input(
                  LOT, "Sulphate", new Mass(1), new Co2e(40), LotAccount.Basis.SECONDARY)));
  private static final AuditedBatch BATCH =
      new AuditedBatch(
          "cell-plant",
          42,
          List.of(new Logged<>(40, interval(0))),
          List.of(new Logged<>(41, ITEM_ACCOUNT)),
          List.of(
              new Logged<>(
                  39,
                  new CustodyEvent(
                      CustodyEvent.Type.TRANSFORMED,
                      1,
                      38,
                      List.of(new CustodyEvent.LotQuantity(LOT, new Mass(10))),
                      List.of(new CustodyEvent.LotQuantity(ITEM, new Mass(9))),
                      "out",
                      "cell-plant/line",
                      Optional.empty()))));

  @Test
  void keepsWhatItStoredOnceAlthoughItIsStoredAgainAndKilled(@TempDir Path directory)
      throws Exception {
    try (Database database = Database.embedded(directory)) {
      storeZeroForUnknownLikeTheFirstRelease(database);
      PostgresStore store = PostgresStore.open(database.source());
      assertThat(store.auditedSize("cell-plant")).as("is stored anew").isZero();
      store.register("cell-plant", "example.com/cell-plant");
      store.store(BATCH);
      store.store(BATCH);
      LotQueries lots = new LotQueries(database.source());
      assertThat(lots.items()).containsExactly(new StoredLot("cell-plant", 41, ITEM_ACCOUNT));
      assertThat(lots.lot("cell-plant", ITEM).orElseThrow().account()).isEqualTo(ITEM_ACCOUNT);
      assertThat(lots.lot("refinery", ITEM)).isEmpty();
      assertThat(lots.lot(LOT)).isEmpty();
      refusesWhatDoesNotAddUp(store, database);
    }
    long orphan = startLikeAKilledProcess(directory);
    try (Database restarted = Database.embedded(directory)) {
      assertThat(ProcessHandle.of(orphan).map(ProcessHandle::isAlive).orElse(false)).isFalse();
      PostgresStore store = PostgresStore.open(restarted.source());
      store.store(new AuditedBatch("cell-plant", 10, List.of(), List.of(), List.of()));
      assertThat(auditedSize(restarted)).as("never falls").isEqualTo(42);
      assertThat(new LotQueries(restarted.source()).items()).hasSize(1);
      knowsNoSumWhileAnIntervalIsUnknown(store, restarted);
    }
  }

  private static void storeZeroForUnknownLikeTheFirstRelease(Database database) throws Exception {
    try (Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement();
        InputStream first = PostgresStore.class.getResourceAsStream("001-accounts.sql")) {
      statement.execute("create table schema_version (script text primary key)");
      statement.execute(new String(first.readAllBytes(), StandardCharsets.UTF_8));
      statement.execute("insert into schema_version (script) values ('001-accounts.sql')");
      statement.execute("insert into facility values ('cell-plant', 'example.com/x', 9, 9)");
      statement.execute(
          "insert into interval_account values ('cell-plant', 900000, 1800000, 8, 5, 0, 0, 0, 0,"
              + " 0, 0)");
    }
  }

  private static void knowsNoSumWhileAnIntervalIsUnknown(PostgresStore store, Database database)
      throws SQLException {
    assertThat(sum(database)).isEqualTo("10 mWh 10 µg, 0 unknown");
    IntervalAccount known = interval(1);
    IntervalAccount unknown =
        new IntervalAccount(
            known.startMillis(),
            known.endMillis(),
            known.total(),
            known.direct(),
            known.idle(),
            known.overhead(),
            known.unattributed(),
            known.interpolated(),
            false);
    store.store(batch(60, unknown));
    assertThat(sum(database)).isEqualTo("20 mWh null µg, 1 unknown");
    store.store(batch(61, known));
    assertThat(sum(database)).isEqualTo("20 mWh 20 µg, 0 unknown");
  }

  private static AuditedBatch batch(long leaf, IntervalAccount interval) {
    return new AuditedBatch(
        "cell-plant", leaf + 1, List.of(new Logged<>(leaf, interval)), List.of(), List.of());
  }

  private static String sum(Database database) throws SQLException {
    try (Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from facility_co2e")) {
      rows.next();
      return "%s mWh %s µg, %d unknown"
          .formatted(
              rows.getString("energy_mwh"), rows.getString("co2e_ug"), rows.getLong("unpriced"));
    }
  }

  /** Leaves a server running on the directory, as a killed process would; returns its id. */
  private static long startLikeAKilledProcess(Path directory) throws Exception {
    Path control;
    try (Stream<Path> files = Files.walk(directory.resolve("binaries"))) {
      control = files.filter(file -> file.endsWith("bin/pg_ctl")).findFirst().orElseThrow();
    }
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    Path data = directory.resolve("data").toAbsolutePath();
    command.addAll(
        List.of(
            control.toString(), "-D", data.toString(), "-l", directory + "/log", "-w", "start"));
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(started.waitFor()).isZero();
    return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
  }

  private static void refusesWhatDoesNotAddUp(PostgresStore store, Database database)
      throws SQLException {
    IntervalAccount wrong =
        new IntervalAccount(
            IntervalAccount.LENGTH_MILLIS,
            2 * IntervalAccount.LENGTH_MILLIS,
            share(1, 10),
            new TreeMap<>(),
            share(0, 1),
            share(0, 1),
            share(0, 1),
            Energy.ZERO);
    AuditedBatch batch =
        new AuditedBatch(
            "cell-plant",
            50,
            List.of(new Logged<>(43, interval(2)), new Logged<>(44, wrong)),
            List.of(),
            List.of());
    assertThatThrownBy(() -> store.store(batch)).isInstanceOf(StoreException.class);
    assertThat(auditedSize(database)).as("the whole batch is undone").isEqualTo(42);
  }

  private static long auditedSize(Database database) throws SQLException {
    try (Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select audited_size,
                  (select count(*) from interval_account) as intervals from facility""")) {
      rows.next();
      assertThat(rows.getLong("intervals")).isEqualTo(1);
      return rows.getLong("audited_size");
    }
  }

  private static IntervalAccount interval(int quarter) {
    return new IntervalAccount(
        quarter * IntervalAccount.LENGTH_MILLIS,
        (quarter + 1) * IntervalAccount.LENGTH_MILLIS,
        share(10, 10),
        new TreeMap<>(java.util.Map.of("line@7", share(4, 4))),
        share(3, 3),
        share(2, 2),
        share(1, 1),
        Energy.ZERO);
  }

  private static Share share(long energy, long co2e) {
    return new Share(new Energy(energy), new Co2e(co2e));
  }
}
