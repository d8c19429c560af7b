package io.tracegram.cloud.inventory;

import io.tracegram.ledger.account.AccountCodec;
import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.evidence.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import javax.sql.DataSource;

/**
 * Writes audited results. Thread-safe; blocks on the database. Storing the same results again
 * changes nothing, so that an audit may start anew at any time.
 */
public final class PostgresStore {
  private final DataSource source;

  private PostgresStore(DataSource source) {
    this.source = source;
  }

  /**
   * Opens the store and brings its schema up to date.
   *
   * @throws StoreException if the database cannot be reached
   */
  public static PostgresStore open(DataSource source) {
    try (Connection connection = source.getConnection()) {
      Migrations.apply(connection);
    } catch (SQLException e) {
      throw new StoreException("the schema is not up to date", e);
    }
    return new PostgresStore(source);
  }

  /** Names a facility before anything of it is stored. */
  public void register(String facility, String origin) {
    transaction(
        "facility " + facility + " is not registered",
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  """
                  insert into facility (id, origin) values (?, ?)
                  on conflict (id) do update set origin = excluded.origin\
                  """)) {
            insert.setString(1, facility);
            insert.setString(2, origin);
            insert.executeUpdate();
          }
        });
  }

  /** Stores a batch with the audited size it leads to, in one transaction. */
  public void store(AuditedBatch batch) {
    transaction(
        "results of " + batch.facility() + " are not stored",
        connection -> {
          intervals(connection, batch);
          lots(connection, batch);
          events(connection, batch);
          ExceptionStore.store(connection, batch);
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update facility set audited_size = greatest(audited_size, ?) where id = ?")) {
            update.setLong(1, batch.auditedSize());
            update.setString(2, batch.facility());
            update.executeUpdate();
          }
        });
  }

  /** Returns how many leaves of a facility have their results stored here. */
  public long auditedSize(String facility) {
    long[] size = new long[1];
    transaction(
        "the audited size of " + facility + " is not known",
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement("select audited_size from facility where id = ?")) {
            query.setString(1, facility);
            try (ResultSet row = query.executeQuery()) {
              size[0] = row.next() ? row.getLong(1) : 0;
            }
          }
        });
    return size[0];
  }

  /**
   * Stores what the audit says.
   *
   * @param failedLeaf the leaf that does not verify, −1 for none
   */
  public void verdict(
      String facility, long mirroredSize, String verdict, long failedLeaf, String reason) {
    transaction(
        "the verdict on " + facility + " is not stored",
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  """
                  update facility set mirrored_size = ?, verdict = ?,
                    failed_leaf = nullif(?, -1), reason = nullif(?, '') where id = ?\
                  """)) {
            update.setLong(1, mirroredSize);
            update.setString(2, verdict);
            update.setLong(3, failedLeaf);
            update.setString(4, reason);
            update.setString(5, facility);
            update.executeUpdate();
          }
        });
  }

  private static void intervals(Connection connection, AuditedBatch batch) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into interval_account (facility, start_millis, end_millis, leaf, energy_mwh,
              co2e_ug, direct_ug, idle_ug, overhead_ug, unattributed_ug, interpolated_mwh,
              priced)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (facility, start_millis) do update set leaf = excluded.leaf,
              energy_mwh = excluded.energy_mwh, co2e_ug = excluded.co2e_ug,
              direct_ug = excluded.direct_ug, idle_ug = excluded.idle_ug,
              overhead_ug = excluded.overhead_ug, unattributed_ug = excluded.unattributed_ug,
              interpolated_mwh = excluded.interpolated_mwh, priced = excluded.priced
            where interval_account.leaf < excluded.leaf\
            """)) {
      for (AuditedBatch.Logged<IntervalAccount> logged : batch.intervals()) {
        IntervalAccount account = logged.result();
        Share direct = account.direct().values().stream().reduce(Share.NONE, Share::plus);
        insert.setString(1, batch.facility());
        insert.setLong(2, account.startMillis());
        insert.setLong(3, account.endMillis());
        insert.setLong(4, logged.leaf());
        insert.setLong(5, account.total().energy().milliwattHours());
        co2e(insert, 6, account, account.total());
        co2e(insert, 7, account, direct);
        co2e(insert, 8, account, account.idle());
        co2e(insert, 9, account, account.overhead());
        co2e(insert, 10, account, account.unattributed());
        insert.setLong(11, account.interpolated().milliwattHours());
        insert.setBoolean(12, account.priced());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Sets the CO2e of a share, null where it is not known. */
  private static void co2e(
      PreparedStatement insert, int parameter, IntervalAccount account, Share share)
      throws SQLException {
    if (account.priced()) {
      insert.setLong(parameter, share.co2e().micrograms());
    } else {
      insert.setNull(parameter, Types.BIGINT);
    }
  }

  private static void lots(Connection connection, AuditedBatch batch) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into lot_account (facility, lot, leaf, material, mass_mg, own_mwh, own_ug,
                  inherited_ug, secondary_ug, total_ug, serialised, account, revision)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (facility, lot) do update set leaf = excluded.leaf,
                  material = excluded.material, mass_mg = excluded.mass_mg,
                  own_mwh = excluded.own_mwh, own_ug = excluded.own_ug,
                  inherited_ug = excluded.inherited_ug, secondary_ug = excluded.secondary_ug,
                  total_ug = excluded.total_ug, account = excluded.account,
                  revision = excluded.revision
                where lot_account.leaf < excluded.leaf\
                """);
        PreparedStatement replaced =
            connection.prepareStatement(
                "delete from lot_component where facility = ? and lot = ?");
        PreparedStatement component =
            connection.prepareStatement(
                """
                insert into lot_component (facility, lot, position, component, material, mass_mg,
                  inherited_ug, basis) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
                """)) {
      for (AuditedBatch.Logged<LotAccount> logged : batch.lots()) {
        LotAccount account = logged.result();
        insert.setString(1, batch.facility());
        insert.setString(2, account.lot().path());
        insert.setLong(3, logged.leaf());
        insert.setString(4, account.material());
        insert.setLong(5, account.mass().milligrams());
        insert.setLong(6, account.own().energy().milliwattHours());
        insert.setLong(7, account.own().co2e().micrograms());
        insert.setLong(8, account.inherited().micrograms());
        insert.setLong(9, account.secondary().micrograms());
        insert.setLong(10, account.total().micrograms());
        insert.setBoolean(11, account.lot().isSerialised());
        insert.setBytes(
            12, AccountCodec.encode(new Account.OfLot(FacilityLedger.CALCULATOR, account)));
        insert.setInt(13, account.revision());
        insert.addBatch();
        replaced.setString(1, batch.facility());
        replaced.setString(2, account.lot().path());
        replaced.addBatch();
        components(component, batch.facility(), account);
      }
      insert.executeBatch();
      replaced.executeBatch();
      component.executeBatch();
    }
    footprints(connection, batch);
  }

  private static void footprints(Connection connection, AuditedBatch batch) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update lot_component set footprint_leaf = ?, footprint_key = ?
            where facility = ? and lot = ? and component = ?\
            """)) {
      for (DeclaredPart part : batch.footprints()) {
        update.setLong(1, part.leaf());
        update.setString(2, part.key().map(Hash::hex).orElse(null));
        update.setString(3, batch.facility());
        update.setString(4, part.into().path());
        update.setString(5, part.part().path());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  private static void components(PreparedStatement insert, String facility, LotAccount account)
      throws SQLException {
    int position = 0;
    for (LotAccount.Input input : account.inputs()) {
      insert.setString(1, facility);
      insert.setString(2, account.lot().path());
      insert.setInt(3, position++);
      insert.setString(4, input.lot().path());
      insert.setString(5, input.material());
      insert.setLong(6, input.mass().milligrams());
      insert.setLong(7, input.inherited().micrograms());
      insert.setString(8, input.basis().name());
      insert.addBatch();
    }
  }

  private static void events(Connection connection, AuditedBatch batch) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into custody_event (facility, leaf, type, event_millis, cause, read_point,
                  biz_location, destination, error) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing\
                """);
        PreparedStatement lot =
            connection.prepareStatement(
                """
                insert into custody_lot (facility, leaf, output, position, lot, mass_mg)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing\
                """)) {
      for (AuditedBatch.Logged<CustodyEvent> logged : batch.events()) {
        CustodyEvent event = logged.result();
        insert.setString(1, batch.facility());
        insert.setLong(2, logged.leaf());
        insert.setString(3, event.type().name());
        insert.setLong(4, event.eventMillis());
        insert.setLong(5, event.cause());
        insert.setString(6, event.readPoint());
        insert.setString(7, event.bizLocation());
        insert.setString(8, event.destination().orElse(null));
        insert.setBoolean(9, event.error().isPresent());
        insert.addBatch();
        custodyLots(lot, batch.facility(), logged.leaf(), false, event.inputs());
        custodyLots(lot, batch.facility(), logged.leaf(), true, event.outputs());
      }
      insert.executeBatch();
      lot.executeBatch();
    }
  }

  private static void custodyLots(
      PreparedStatement insert,
      String facility,
      long leaf,
      boolean output,
      List<CustodyEvent.LotQuantity> lots)
      throws SQLException {
    int position = 0;
    for (CustodyEvent.LotQuantity lot : lots) {
      insert.setString(1, facility);
      insert.setLong(2, leaf);
      insert.setBoolean(3, output);
      insert.setInt(4, position++);
      insert.setString(5, lot.lot().path());
      insert.setLong(6, lot.mass().milligrams());
      insert.addBatch();
    }
  }

  private interface Work {
    void with(Connection connection) throws SQLException;
  }

  private void transaction(String otherwise, Work work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        work.with(connection);
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new StoreException(otherwise, e);
    }
  }
}
