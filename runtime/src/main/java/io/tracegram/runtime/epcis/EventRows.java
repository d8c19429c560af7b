package io.tracegram.runtime.epcis;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The SQL that reads single events. Stateless. */
final class EventRows {
  private static final String COLUMNS =
      "SELECT e.id, e.event_id, e.time, e.leaf, e.origin, c.json, e.json FROM event e"
          + " JOIN context c ON c.id = e.context ";

  /** By number. */
  static final String BY_NUMBER = COLUMNS + "WHERE e.id = ?";

  /** By the key of its id's term; one of our own before a captured one. */
  static final String BY_TERM =
      COLUMNS + "JOIN mark m ON m.event = e.id WHERE m.term = ? ORDER BY e.origin, e.id LIMIT 1";

  private EventRows() {}

  /** Runs a statement whose one parameter is {@code key}. */
  static Optional<StoredEvent> one(PreparedStatement statement, long key) throws SQLException {
    statement.setLong(1, key);
    try (ResultSet row = statement.executeQuery()) {
      return row.next()
          ? Optional.of(
              new StoredEvent(
                  row.getLong(1),
                  row.getString(2),
                  row.getLong(3),
                  row.getLong(4),
                  StoredEvent.Origin.values()[row.getInt(5)],
                  row.getString(6),
                  row.getString(7)))
          : Optional.empty();
    }
  }
}
