package io.tracegram.runtime.epcis;

import io.tracegram.runtime.epcis.EventQuery.Clause;
import io.tracegram.runtime.epcis.EventQuery.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Answers queries from one moment of the projection each. Used by one thread at a time. */
final class EventReader {
  /** How long a query may take. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int STEPS_BETWEEN_LOOKS = 20_000;
  private static final int COUNTED = 2_000;
  private static final int PAGE_CHARACTERS = 8 << 20;

  private final Connection connection;
  private final TermKeys keys;
  private final PreparedStatement byNumber;
  private final PreparedStatement byTerm;
  private long deadline;

  private record Found(long number, long micros) {}

  EventReader(Connection connection, TermKeys keys) throws SQLException {
    this.connection = connection;
    this.keys = keys;
    connection.setAutoCommit(false);
    byNumber = connection.prepareStatement(EventRows.BY_NUMBER);
    byTerm = connection.prepareStatement(EventRows.BY_TERM);
    ProgressHandler.setHandler(
        connection,
        STEPS_BETWEEN_LOOKS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return System.nanoTime() - deadline > 0 ? 1 : 0;
          }
        });
  }

  /** Answers a query with one page. */
  EventPage page(EventQuery query, List<LogSize> asOf) throws SQLException {
    deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      EventSelect.Numbers numbers = numbers(query);
      int driver = driver(query);
      refuseTooMany(query, driver, numbers);
      long given = query.after().map(Position::given).orElse(0L);
      long left = query.limit().isPresent() ? query.limit().getAsLong() - given : Long.MAX_VALUE;
      long wanted = Math.min(query.perPage(), Math.max(0, left));
      List<Found> found =
          select(EventSelect.of(query, keys, driver, numbers, Math.min(left, wanted + 1)));
      return page(found, (int) wanted, given, asOf);
    } catch (SQLiteException e) {
      if (e.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT) {
        throw EpcisProblem.QUERY_TOO_COMPLEX.refusal(
            "this query takes longer than "
                + PATIENCE.toSeconds()
                + " s: ask for a shorter time, or for an identifier too");
      }
      throw e;
    } finally {
      connection.rollback();
    }
  }

  /** Returns the event of an id, and the error declaration that takes it back. */
  List<StoredEvent> events(String eventId) throws SQLException {
    deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      return EventRows.all(byTerm, keys.of(new Term(Field.EVENT_ID, eventId)));
    } finally {
      connection.rollback();
    }
  }

  Optional<String> job(String id) throws SQLException {
    deadline = System.nanoTime() + PATIENCE.toNanos();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT json FROM job WHERE id = ?")) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } finally {
      connection.rollback();
    }
  }

  /** Some ended jobs, the newest first. */
  record Jobs(List<String> json, OptionalLong next) {}

  /**
   * Returns ended jobs.
   *
   * @param before only those numbered below
   */
  Jobs jobs(long before, int perPage) throws SQLException {
    deadline = System.nanoTime() + PATIENCE.toNanos();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT number, json FROM job WHERE number < ? ORDER BY number DESC LIMIT ?")) {
      statement.setLong(1, before);
      statement.setLong(2, perPage + 1L);
      List<String> json = new ArrayList<>();
      long last = 0;
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (json.size() == perPage) {
            return new Jobs(json, OptionalLong.of(last));
          }
          last = row.getLong(1);
          json.add(row.getString(2));
        }
      }
      return new Jobs(json, OptionalLong.empty());
    } finally {
      connection.rollback();
    }
  }

  private EventPage page(List<Found> found, int wanted, long given, List<LogSize> asOf)
      throws SQLException {
    List<StoredEvent> events = new ArrayList<>();
    long characters = 0;
    for (Found one : found) {
      if (events.size() == wanted || characters > PAGE_CHARACTERS) {
        StoredEvent last = events.getLast();
        return new EventPage(
            asOf,
            events,
            Optional.of(new Position(last.micros(), last.number(), given + events.size())));
      }
      StoredEvent event = EventRows.all(byNumber, one.number).getFirst();
      characters += event.json().length();
      events.add(event);
    }
    return new EventPage(asOf, events, Optional.empty());
  }

  private void refuseTooMany(EventQuery query, int driver, EventSelect.Numbers numbers)
      throws SQLException {
    if (query.most().isPresent() && query.after().isEmpty()) {
      long most = query.most().getAsLong();
      if (select(EventSelect.of(query, keys, driver, numbers, most + 1)).size() > most) {
        throw EpcisProblem.QUERY_TOO_LARGE.refusal(
            "more than " + most + " events match; raise maxEventCount or narrow the query");
      }
    }
  }

  /** Record times never fall, so that a range of them is a range of numbers. */
  private EventSelect.Numbers numbers(EventQuery query) throws SQLException {
    OptionalLong first = OptionalLong.empty();
    OptionalLong last = OptionalLong.empty();
    if (query.recordMillis().from().isPresent()) {
      first =
          OptionalLong.of(
              number(
                  "SELECT id FROM event WHERE recorded >= ? ORDER BY recorded, id LIMIT 1",
                  query.recordMillis().from().getAsLong(),
                  Long.MAX_VALUE));
    }
    if (query.recordMillis().to().isPresent()) {
      last =
          OptionalLong.of(
              number(
                  "SELECT id FROM event WHERE recorded < ? ORDER BY recorded DESC, id DESC LIMIT 1",
                  query.recordMillis().to().getAsLong(),
                  0));
    }
    return new EventSelect.Numbers(first, last);
  }

  private long number(String sql, long value, long otherwise) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, value);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : otherwise;
      }
    }
  }

  /** Returns the clause that fewest events fulfil, as far as counting is worth it. */
  private int driver(EventQuery query) throws SQLException {
    int best = query.clauses().isEmpty() ? -1 : 0;
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < query.clauses().size() && query.clauses().size() > 1; i++) {
      Clause clause = query.clauses().get(i);
      long count = 0;
      for (Term term : EventSelect.terms(clause)) {
        count += count(keys.of(term));
      }
      if (count < fewest) {
        fewest = count;
        best = i;
      }
    }
    return best;
  }

  private long count(long term) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT count(*) FROM (SELECT 1 FROM mark WHERE term = ? LIMIT ?)")) {
      statement.setLong(1, term);
      statement.setInt(2, COUNTED);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private List<Found> select(EventSelect.Sql sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
      for (int i = 0; i < sql.values().size(); i++) {
        statement.setObject(i + 1, sql.values().get(i));
      }
      List<Found> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(new Found(rows.getLong(1), rows.getLong(2)));
        }
      }
      return found;
    }
  }

  void close() throws SQLException {
    connection.close();
  }
}
