package io.tracegram.runtime.epcis;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The SQL that reads single events. Stateless. */
final class EventRows {
  private static final String COLUMNS =
      "SELECT e.id, e.event_id, e.time, l.origin, e.leaf, e.origin, c.json, e.json FROM event e"
          + " JOIN context c ON c.id = e.context JOIN log l ON l.id = e.log ";

  /** By number. */
  static final String BY_NUMBER = COLUMNS + "WHERE e.id = ?";

  /** By the key of a term; those of our own before captured ones. */
  static final String BY_TERM =
      COLUMNS + "JOIN mark m ON m.event = e.id WHERE m.term = ? ORDER BY e.origin, e.id LIMIT 8";

  private EventRows() {}

  /** Runs a statement whose one parameter is {@code key}. */
  static List<StoredEvent> all(PreparedStatement statement, long key) throws SQLException {
    statement.setLong(1, key);
    List<StoredEvent> events = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        events.add(
            new StoredEvent(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getLong(5),
                StoredEvent.Origin.values()[row.getInt(6)],
                row.getString(7),
                row.getString(8)));
      }
    }
    return events;
  }
}
