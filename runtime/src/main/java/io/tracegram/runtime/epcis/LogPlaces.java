package io.tracegram.runtime.epcis;

import io.tracegram.ledger.evidence.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How far the projection of each log has come, as it is written beside the events. Single-threaded.
 */
final class LogPlaces {
  private final Connection connection;

  /**
   * A log's place.
   *
   * @param log its number in the projection
   * @param size leaves that are told
   * @param root of those leaves
   * @param plant leaf of the plant model in force, -1 if there is none
   */
  record LogPlace(long log, long size, Hash root, long plant) {}

  LogPlaces(Connection connection) {
    this.connection = connection;
  }

  /** Returns a log's place, the first leaf if the log is new. */
  LogPlace of(String origin) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT OR IGNORE INTO log (origin, size, root, plant) VALUES (?, 0, ?, -1)");
        PreparedStatement select =
            connection.prepareStatement("SELECT id, size, root, plant FROM log WHERE origin = ?")) {
      insert.setString(1, origin);
      insert.setBytes(2, Hash.ZERO.bytes());
      insert.executeUpdate();
      select.setString(1, origin);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new LogPlace(
            row.getLong(1), row.getLong(2), Hash.of(row.getBytes(3)), row.getLong(4));
      }
    }
  }

  void set(LogPlace place) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE log SET size = ?, root = ?, plant = ? WHERE id = ?")) {
      update.setLong(1, place.size());
      update.setBytes(2, place.root().bytes());
      update.setLong(3, place.plant());
      update.setLong(4, place.log());
      update.executeUpdate();
    }
  }

  /** Forgets the events of a log; takes as long as there are events of any log. */
  void forget(long log) throws SQLException {
    String events = " IN (SELECT id FROM event WHERE log = " + log + ")";
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM mark WHERE event" + events);
      statement.executeUpdate("DELETE FROM measure WHERE event" + events);
      statement.executeUpdate("DELETE FROM event WHERE log = " + log);
    }
  }

  /** Forgets all logs but these. */
  void keepOnly(Set<String> origins) throws SQLException {
    List<Long> others = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id, origin FROM log")) {
      while (row.next()) {
        if (!origins.contains(row.getString(2))) {
          others.add(row.getLong(1));
        }
      }
    }
    for (long log : others) {
      forget(log);
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("DELETE FROM log WHERE id = " + log);
      }
    }
  }
}
