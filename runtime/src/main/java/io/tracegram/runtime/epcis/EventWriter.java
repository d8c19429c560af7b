package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the projection; what is written counts from {@link #commit} on. Single-threaded. */
final class EventWriter {
  private static final int MOST_CONTEXTS = 1_000;
  private static final int MOST_JOBS = 10_000;

  private final Connection connection;
  private final TermKeys keys;
  private final PreparedStatement find;
  private final PreparedStatement exists;
  private final PreparedStatement insertEvent;
  private final PreparedStatement insertMark;
  private final PreparedStatement insertMeasure;
  private final Map<String, Long> contexts = new HashMap<>();
  private long lastNumber;
  private long lastRecorded;

  /**
   * An event to be kept.
   *
   * @param normal for queries
   * @param event as it is returned, but for its record time
   */
  record Entry(
      String eventId,
      ObjectNode normal,
      ObjectNode event,
      ArrayNode context,
      StoredEvent.Origin origin,
      Evidence evidence) {}

  EventWriter(Connection connection, TermKeys keys) throws SQLException {
    this.connection = connection;
    this.keys = keys;
    find = connection.prepareStatement(EventRows.BY_TERM);
    exists = connection.prepareStatement("SELECT 1 FROM mark WHERE term = ? LIMIT 1");
    insertEvent =
        connection.prepareStatement("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insertMark = connection.prepareStatement("INSERT OR IGNORE INTO mark VALUES (?, ?, ?)");
    insertMeasure = connection.prepareStatement("INSERT OR IGNORE INTO measure VALUES (?, ?, ?)");
    recall();
  }

  private void recall() throws SQLException {
    contexts.clear();
    try (Statement statement = connection.createStatement();
        ResultSet last =
            statement.executeQuery("SELECT id, recorded FROM event ORDER BY id DESC LIMIT 1")) {
      boolean any = last.next();
      lastNumber = any ? last.getLong(1) : 0;
      lastRecorded = any ? last.getLong(2) : 0;
    }
  }

  /** Finds an event by {@link EventTerms#identity}, one of our own before a captured one. */
  Optional<StoredEvent> find(Term identity) throws SQLException {
    return has(identity)
        ? EventRows.all(find, keys.of(identity)).stream().findFirst()
        : Optional.empty();
  }

  /** Says whether there is an event of an {@link EventTerms#identity}. */
  boolean has(Term identity) throws SQLException {
    exists.setLong(1, keys.of(identity));
    try (ResultSet row = exists.executeQuery()) {
      return row.next();
    }
  }

  /** Keeps an event under the next number; its record time is never before that of the last one. */
  void add(Entry entry) throws SQLException {
    long micros =
        EpcisTime.instant(entry.normal().path("eventTime").asText())
            .map(EventTerms::micros)
            .orElseThrow(() -> new IllegalArgumentException(entry.eventId() + " has no time"));
    lastNumber++;
    lastRecorded = Math.max(lastRecorded, entry.evidence().recordedMillis());
    insertEvent.setLong(1, lastNumber);
    insertEvent.setString(2, entry.eventId());
    insertEvent.setLong(3, micros);
    insertEvent.setLong(4, lastRecorded);
    insertEvent.setLong(5, entry.evidence().log());
    insertEvent.setLong(6, entry.evidence().leaf());
    insertEvent.setInt(7, entry.origin().ordinal());
    insertEvent.setLong(8, context(EventText.write(entry.context())));
    insertEvent.setString(9, EventText.recorded(entry.event(), entry.eventId(), lastRecorded));
    insertEvent.executeUpdate();
    EventTerms terms = EventTerms.of(entry.eventId(), entry.normal());
    insertMark.setLong(2, micros);
    insertMark.setLong(3, lastNumber);
    for (Term term : terms.terms()) {
      insertMark.setLong(1, keys.of(term));
      insertMark.executeUpdate();
    }
    insertMeasure.setLong(1, lastNumber);
    for (Measure measure : terms.measures()) {
      insertMeasure.setLong(2, keys.of(measure.of()));
      insertMeasure.setString(3, DecimalKey.of(measure.value()));
      insertMeasure.executeUpdate();
    }
  }

  private long context(String json) throws SQLException {
    Long known = contexts.get(json);
    if (known != null) {
      return known;
    }
    try (PreparedStatement insert =
            connection.prepareStatement("INSERT OR IGNORE INTO context (json) VALUES (?)");
        PreparedStatement select =
            connection.prepareStatement("SELECT id FROM context WHERE json = ?")) {
      insert.setString(1, json);
      insert.executeUpdate();
      select.setString(1, json);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        if (contexts.size() >= MOST_CONTEXTS) {
          contexts.clear();
        }
        contexts.put(json, row.getLong(1));
        return row.getLong(1);
      }
    }
  }

  /** Keeps an ended job; the oldest go when there are too many. */
  void add(CaptureJob job) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement("INSERT OR REPLACE INTO job (id, json) VALUES (?, ?)");
        PreparedStatement trim =
            connection.prepareStatement(
                "DELETE FROM job WHERE number <= (SELECT max(number) FROM job) - ?")) {
      insert.setString(1, job.id());
      insert.setString(2, EventText.write(job.json()));
      insert.executeUpdate();
      trim.setInt(1, MOST_JOBS);
      trim.executeUpdate();
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
