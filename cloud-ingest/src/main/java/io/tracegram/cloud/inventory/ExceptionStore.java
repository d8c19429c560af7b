package io.tracegram.cloud.inventory;

import io.tracegram.cloud.inventory.AuditedBatch.Logged;
import io.tracegram.cloud.inventory.CrossFacility.Deed;
import io.tracegram.cloud.inventory.CrossFacility.Seen;
import io.tracegram.ledger.account.LedgerProblem;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.plant.FacilityLocation;
import io.tracegram.ledger.quantity.Mass;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes what is wrong with goods, within the transaction of a batch. Stateless.
 *
 * <p>Batches of two facilities that see the same lot wait for each other here, so that the later
 * one sees what the earlier one stored.
 */
final class ExceptionStore {
  private static final long LOCK = 0x7472_6163_6578_6370L;

  private static final String INSERT =
      """
      insert into custody_exception (facility, code, subject, crossing, position, reason, effect,
        action, leaf, other_facility, other_leaf, since_millis, count)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (facility, code, subject) do update set position = excluded.position,
        reason = excluded.reason, effect = excluded.effect, action = excluded.action,
        leaf = excluded.leaf, count = custody_exception.count + excluded.count
      where custody_exception.position < excluded.position\
      """;

  private ExceptionStore() {}

  /** Stores what a batch tells; its events must be stored before. */
  static void store(Connection connection, AuditedBatch batch) throws SQLException {
    told(connection, batch);
    boolean moved = batch.location().isPresent() && locate(connection, batch);
    Set<String> lots = moved ? travelled(connection, batch.facility()) : new TreeSet<>();
    batch.events().forEach(event -> lots.addAll(crossing(event.result())));
    if (lots.isEmpty()) {
      return;
    }
    try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      lock.execute();
    }
    Map<String, FacilityLocation> places = places(connection);
    for (String lot : lots) {
      cross(connection, lot, places);
    }
  }

  private record Key(long position, String code, String subject) {}

  private static void told(Connection connection, AuditedBatch batch) throws SQLException {
    Map<Key, LedgerProblem> byLeaf = new LinkedHashMap<>();
    for (Logged<LedgerProblem> logged : batch.exceptions()) {
      LedgerProblem problem = logged.result();
      byLeaf.merge(
          new Key(logged.leaf(), problem.code(), problem.subject()), problem, ExceptionStore::sum);
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Map.Entry<Key, LedgerProblem> entry : byLeaf.entrySet()) {
        LedgerProblem problem = entry.getValue();
        insert(
            insert,
            new StoredException(
                batch.facility(),
                problem.code(),
                problem.subject(),
                problem.reason(),
                problem.effect(),
                problem.action(),
                new StoredException.Evidence(batch.facility(), problem.leaf()),
                Optional.empty(),
                problem.sinceMillis(),
                problem.count()),
            entry.getKey().position());
      }
      insert.executeBatch();
    }
  }

  private static LedgerProblem sum(LedgerProblem first, LedgerProblem second) {
    return new LedgerProblem(
        second.code(),
        second.subject(),
        second.reason(),
        second.effect(),
        second.action(),
        first.sinceMillis(),
        first.count() + second.count(),
        second.leaf());
  }

  /**
   * Adds a row.
   *
   * @param position of the leaf that told it, −1 for what is between facilities
   */
  private static void insert(PreparedStatement insert, StoredException row, long position)
      throws SQLException {
    insert.setString(1, row.facility());
    insert.setString(2, text(row.code()));
    insert.setString(3, text(row.subject()));
    insert.setBoolean(4, position < 0);
    insert.setLong(5, position);
    insert.setString(6, text(row.reason()));
    insert.setString(7, text(row.effect()));
    insert.setString(8, text(row.action()));
    insert.setLong(9, row.evidence().leaf());
    insert.setString(10, row.other().map(StoredException.Evidence::facility).orElse(null));
    if (row.other().isPresent()) {
      insert.setLong(11, row.other().get().leaf());
    } else {
      insert.setNull(11, Types.BIGINT);
    }
    insert.setLong(12, row.sinceMillis());
    insert.setLong(13, row.count());
    insert.addBatch();
  }

  /** PostgreSQL's text holds every character but this one, which a stranger may send. */
  private static String text(String any) {
    return any.replace('\0', '\uFFFD');
  }

  /** Notes where a facility stands; says whether that is news. */
  private static boolean locate(Connection connection, AuditedBatch batch) throws SQLException {
    FacilityLocation place = batch.location().orElseThrow();
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update facility set latitude_e7 = ?, longitude_e7 = ? where id = ?
              and (latitude_e7 is distinct from ? or longitude_e7 is distinct from ?)\
            """)) {
      update.setInt(1, place.latitude());
      update.setInt(2, place.longitude());
      update.setString(3, batch.facility());
      update.setInt(4, place.latitude());
      update.setInt(5, place.longitude());
      return update.executeUpdate() > 0;
    }
  }

  /** Returns the lots that came to a facility or left it. */
  private static Set<String> travelled(Connection connection, String facility) throws SQLException {
    Set<String> lots = new TreeSet<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select distinct lot from custody_event join custody_lot using (facility, leaf)
            where facility = ? and type in ('RECEIVED', 'SHIPPED') and output\
            """)) {
      query.setString(1, facility);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          lots.add(rows.getString(1));
        }
      }
    }
    return lots;
  }

  private static List<String> crossing(CustodyEvent event) {
    return switch (event.type()) {
      // what is in a silo has a number of its plant's own: another plant may have the same
      case RECEIVED, SHIPPED, TRANSFORMED, SPLIT ->
          event.outputs().stream()
              .map(LotQuantity::lot)
              .filter(lot -> !lot.isContent())
              .map(LotId::path)
              .toList();
      case SCRAPPED, PACKED, UNPACKED, ASSOCIATED, DISSOCIATED, TRANSACTED -> List.of();
    };
  }

  private static Map<String, FacilityLocation> places(Connection connection) throws SQLException {
    Map<String, FacilityLocation> places = new HashMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "select id, latitude_e7, longitude_e7 from facility where latitude_e7 is not null");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        places.put(rows.getString(1), new FacilityLocation(rows.getInt(2), rows.getInt(3)));
      }
    }
    return places;
  }

  private static void cross(Connection connection, String lot, Map<String, FacilityLocation> places)
      throws SQLException {
    try (PreparedStatement delete =
            connection.prepareStatement(
                "delete from custody_exception where crossing and subject = ?");
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      List<Seen> seen = seen(connection, lot);
      delete.setString(1, lot);
      delete.executeUpdate();
      if (seen.stream().map(Seen::facility).distinct().count() > 1) {
        for (StoredException row : CrossFacility.of(lot, seen, places)) {
          insert(insert, row, -1);
        }
        insert.executeBatch();
      }
    }
  }

  private static List<Seen> seen(Connection connection, String lot) throws SQLException {
    List<Seen> seen = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select e.facility, e.leaf, e.type, e.event_millis, l.mass_mg
            from custody_lot l join custody_event e using (facility, leaf)
            where l.lot = ? and l.output and not e.error
              and e.type in ('RECEIVED', 'SHIPPED', 'TRANSFORMED', 'SPLIT')
              and not exists (select 1 from custody_event wrong
                where wrong.facility = e.facility and wrong.cause = e.cause and wrong.error)\
            """)) {
      query.setString(1, lot);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          seen.add(
              new Seen(
                  rows.getString(1),
                  rows.getLong(2),
                  deed(rows.getString(3)),
                  rows.getLong(4),
                  new Mass(rows.getLong(5))));
        }
      }
    }
    return seen;
  }

  private static Deed deed(String type) {
    return switch (CustodyEvent.Type.valueOf(type)) {
      case RECEIVED -> Deed.RECEIVED;
      case SHIPPED -> Deed.SHIPPED;
      case TRANSFORMED, SPLIT -> Deed.PRODUCED;
      case SCRAPPED, PACKED, UNPACKED, ASSOCIATED, DISSOCIATED, TRANSACTED ->
          throw new IllegalArgumentException(type + " takes a lot nowhere");
    };
  }
}
