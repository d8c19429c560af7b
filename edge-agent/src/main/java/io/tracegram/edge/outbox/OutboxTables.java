package io.tracegram.edge.outbox;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Content;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The SQL of an outbox: statements by state, and the chain's head. Used under its owner's lock. */
final class OutboxTables {
  static final int NEW = 0;
  static final int ACKNOWLEDGED = 1;
  static final int QUARANTINED = 2;

  /** How many statements, and their size. */
  record Sum(long count, long bytes) {}

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private final Connection connection;

  OutboxTables(Connection connection) {
    this.connection = connection;
  }

  /** Makes the tables if need be, with an epoch that begins now. */
  void create(long nowMillis) throws SQLException {
    run(
        "CREATE TABLE IF NOT EXISTS statement (epoch INTEGER NOT NULL, seq INTEGER PRIMARY KEY,"
            + " bytes BLOB NOT NULL, state INTEGER NOT NULL, reason TEXT)");
    run("CREATE INDEX IF NOT EXISTS statement_state ON statement (state, seq)");
    run(
        "CREATE TABLE IF NOT EXISTS meta (epoch INTEGER NOT NULL, last_seq INTEGER NOT NULL,"
            + " last_hash BLOB NOT NULL)");
    run(
        "INSERT INTO meta SELECT ?, 0, ? WHERE NOT EXISTS (SELECT 1 FROM meta)",
        nowMillis,
        Hash.ZERO.bytes());
  }

  Outbox.ChainHead head() throws SQLException {
    return select(
            "SELECT epoch, last_seq, last_hash FROM meta",
            row -> new Outbox.ChainHead(row.getLong(1), row.getLong(2), Hash.of(row.getBytes(3))))
        .getFirst();
  }

  void insert(Outbox.ChainHead statement, byte[] encoded) throws SQLException {
    run(
        "INSERT INTO statement (epoch, seq, bytes, state) VALUES (?, ?, ?, ?)",
        statement.epoch(),
        statement.sequence(),
        encoded,
        NEW);
  }

  void setHead(Outbox.ChainHead head) throws SQLException {
    run("UPDATE meta SET last_seq = ?, last_hash = ?", head.sequence(), head.hash().bytes());
  }

  /** Returns 1 if the statement was new, else 0. */
  int acknowledge(long sequence) throws SQLException {
    return run(
        "UPDATE statement SET state = ? WHERE seq = ? AND state = ?", ACKNOWLEDGED, sequence, NEW);
  }

  /** Returns 1 if the statement was new, else 0. */
  int quarantine(long sequence, String reason) throws SQLException {
    return run(
        "UPDATE statement SET state = ?, reason = ? WHERE seq = ? AND state = ?",
        QUARANTINED,
        reason,
        sequence,
        NEW);
  }

  /** Deletes statements of a state up to a sequence, and says what was deleted. */
  Sum deleteThrough(int state, long throughSequence) throws SQLException {
    Sum sum =
        select(
                "SELECT count(*), coalesce(sum(length(bytes)), 0) FROM statement"
                    + " WHERE state = ? AND seq <= ?",
                row -> new Sum(row.getLong(1), row.getLong(2)),
                state,
                throughSequence)
            .getFirst();
    run("DELETE FROM statement WHERE state = ? AND seq <= ?", state, throughSequence);
    return sum;
  }

  Sum sum(int state) throws SQLException {
    return select(
            "SELECT count(*), coalesce(sum(length(bytes)), 0) FROM statement WHERE state = ?",
            row -> new Sum(row.getLong(1), row.getLong(2)),
            state)
        .getFirst();
  }

  List<Outbox.Entry> entries(int state, long afterSequence, int limit) throws SQLException {
    return select(
        "SELECT seq, bytes FROM statement WHERE state = ? AND seq > ? ORDER BY seq LIMIT ?",
        row -> new Outbox.Entry(row.getLong(1), Content.of(row.getBytes(2))),
        state,
        afterSequence,
        limit);
  }

  /** Returns the last sequence in a state after skipping some from the end, 0 if there is none. */
  long lastButSome(int state, int skip) throws SQLException {
    return select(
            "SELECT seq FROM statement WHERE state = ? ORDER BY seq DESC LIMIT 1 OFFSET ?",
            row -> row.getLong(1),
            state,
            skip)
        .stream()
        .findFirst()
        .orElse(0L);
  }

  List<Outbox.Quarantined> quarantined(int limit) throws SQLException {
    return select(
        "SELECT seq, reason FROM statement WHERE state = ? ORDER BY seq DESC LIMIT ?",
        row -> new Outbox.Quarantined(row.getLong(1), row.getString(2)),
        QUARANTINED,
        limit);
  }

  private int run(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    }
  }

  private <T> List<T> select(String sql, Row<T> mapper, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(mapper.of(rows));
      }
      return found;
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
