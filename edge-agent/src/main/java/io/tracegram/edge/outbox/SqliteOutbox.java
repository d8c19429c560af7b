package io.tracegram.edge.outbox;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outbox in one SQLite file (WAL, synchronous=FULL), locked for this process. Thread-safe: one
 * lock, one connection.
 */
public final class SqliteOutbox implements Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteOutbox.class);

  private static final int NEW = 0;
  private static final int ACKNOWLEDGED = 1;
  private static final int QUARANTINED = 2;

  /** Refused statements kept for a person to look at. */
  private static final int MOST_QUARANTINED = 1_000;

  private final Path file;
  private final long maxBytes;
  private final Connection connection;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition delivered = lock.newCondition();
  private ChainHead head;
  private long bytes;
  private long undelivered;
  private boolean nearlyFull;

  /** Takes over an opened file; see {@link OutboxFile#open}. */
  SqliteOutbox(Path file, Connection connection, long maxBytes) throws SQLException {
    this.file = file;
    this.connection = connection;
    this.maxBytes = maxBytes;
    this.head = readHead();
    this.bytes = number("SELECT coalesce(sum(length(bytes)), 0) FROM statement");
    this.undelivered = number("SELECT count(*) FROM statement WHERE state = " + NEW);
  }

  @Override
  public ChainHead head() {
    lock.lock();
    try {
      return head;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean append(List<SignedStatement> statements) {
    return write(
        () -> {
          long more = statements.stream().mapToLong(each -> each.encoded().length).sum();
          if (bytes + more > maxBytes) {
            return false;
          }
          insert(statements);
          return true;
        });
  }

  @Override
  public List<Entry> unacknowledged(long afterSequence, int limit) {
    return entries(NEW, afterSequence, limit);
  }

  @Override
  public List<Entry> withoutReceipt(long afterSequence, int limit) {
    return entries(ACKNOWLEDGED, afterSequence, limit);
  }

  @Override
  public long lastAcknowledged() {
    return read(
            "SELECT seq FROM statement WHERE state = ? AND seq > ? ORDER BY seq DESC LIMIT ?",
            ACKNOWLEDGED,
            0,
            1,
            row -> row.getLong(1))
        .stream()
        .findFirst()
        .orElse(0L);
  }

  @Override
  public void acknowledge(Collection<Long> sequences) {
    write(
        () -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE statement SET state = ? WHERE seq = ? AND state = ?")) {
            for (long sequence : sequences) {
              update.setInt(1, ACKNOWLEDGED);
              update.setLong(2, sequence);
              update.setInt(3, NEW);
              undelivered -= update.executeUpdate();
            }
          }
          return true;
        });
  }

  @Override
  public void quarantine(long sequence, String reason, SignedStatement gap) {
    write(
        () -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE statement SET state = ?, reason = ? WHERE seq = ? AND state = ?")) {
            update.setInt(1, QUARANTINED);
            update.setString(2, reason);
            update.setLong(3, sequence);
            update.setInt(4, NEW);
            undelivered -= update.executeUpdate();
          }
          insert(List.of(gap));
          delete(
              "state = "
                  + QUARANTINED
                  + " AND seq NOT IN (SELECT seq FROM statement WHERE state = "
                  + QUARANTINED
                  + " ORDER BY seq DESC LIMIT "
                  + MOST_QUARANTINED
                  + ")");
          return true;
        });
  }

  @Override
  public void deleteThrough(long epoch, long throughSequence) {
    write(
        () -> {
          if (epoch == head.epoch()) {
            delete("state <> " + QUARANTINED + " AND seq <= " + throughSequence);
          }
          return true;
        });
  }

  @Override
  public List<Quarantined> quarantined(int limit) {
    return read(
        "SELECT seq, reason FROM statement WHERE state = ? AND seq > ? ORDER BY seq DESC LIMIT ?",
        QUARANTINED,
        0,
        limit,
        row -> new Quarantined(row.getLong(1), row.getString(2)));
  }

  @Override
  public long undelivered() {
    lock.lock();
    try {
      return undelivered;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean awaitUndeliveredBelow(long limit, Duration timeout) throws InterruptedException {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (undelivered >= limit) {
        if (left <= 0) {
          return false;
        }
        left = delivered.awaitNanos(Math.min(left, TimeUnit.HOURS.toNanos(1)));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  private void insert(List<SignedStatement> statements) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO statement (epoch, seq, bytes, state) VALUES (?, ?, ?, ?)")) {
      for (SignedStatement signed : statements) {
        long epoch = signed.statement().epoch();
        long sequence = signed.statement().sequence();
        if (epoch != head.epoch()
            || sequence != head.sequence() + 1
            || !signed.statement().previous().equals(head.hash())) {
          throw new IllegalArgumentException(
              "statement " + epoch + "/" + sequence + " does not follow " + head);
        }
        byte[] encoded = signed.encoded();
        insert.setLong(1, epoch);
        insert.setLong(2, sequence);
        insert.setBytes(3, encoded);
        insert.setInt(4, NEW);
        insert.executeUpdate();
        bytes += encoded.length;
        undelivered++;
        head = new ChainHead(epoch, sequence, signed.chainHash());
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE meta SET last_seq = ?, last_hash = ?")) {
      update.setLong(1, head.sequence());
      update.setBytes(2, head.hash().bytes());
      update.executeUpdate();
    }
  }

  private void delete(String condition) throws SQLException {
    bytes -= number("SELECT coalesce(sum(length(bytes)), 0) FROM statement WHERE " + condition);
    undelivered -=
        number("SELECT count(*) FROM statement WHERE state = " + NEW + " AND " + condition);
    try (var delete = connection.createStatement()) {
      delete.executeUpdate("DELETE FROM statement WHERE " + condition);
    }
  }

  private List<Entry> entries(int state, long afterSequence, int limit) {
    return read(
        "SELECT seq, bytes FROM statement WHERE state = ? AND seq > ? ORDER BY seq LIMIT ?",
        state,
        afterSequence,
        limit,
        row -> new Entry(row.getLong(1), Content.of(row.getBytes(2))));
  }

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> read(String sql, int state, long after, int limit, Row<T> mapper) {
    lock.lock();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, state);
      select.setLong(2, after);
      select.setInt(3, limit);
      List<T> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(mapper.of(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  private interface Change {
    boolean apply() throws SQLException;
  }

  /** Applies a change in one transaction; on failure the memory is as the file is. */
  private boolean write(Change change) {
    lock.lock();
    ChainHead headBefore = head;
    long bytesBefore = bytes;
    long undeliveredBefore = undelivered;
    boolean committed = false;
    try {
      boolean applied = change.apply();
      connection.commit();
      committed = true;
      delivered.signalAll();
      sayIfNearlyFull();
      return applied;
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      if (!committed) {
        head = headBefore;
        bytes = bytesBefore;
        undelivered = undeliveredBefore;
        rollback();
      }
      lock.unlock();
    }
  }

  private void rollback() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.error("event=outbox.rollback-failed file={} reason=\"{}\"", file, e.getMessage());
    }
  }

  private void sayIfNearlyFull() {
    boolean now = bytes > maxBytes / 10 * 9;
    if (now && !nearlyFull) {
      LOG.warn(
          "event=outbox.nearly-full file={} bytes={} limit={} undelivered={} reason=\"bring the"
              + " gateway back; at the limit scans are refused and readings are dropped\"",
          file,
          bytes,
          maxBytes,
          undelivered);
    }
    nearlyFull = now;
  }

  private ChainHead readHead() throws SQLException {
    try (var select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT epoch, last_seq, last_hash FROM meta")) {
      if (!row.next()) {
        throw new SQLException("the outbox has no epoch");
      }
      return new ChainHead(row.getLong(1), row.getLong(2), Hash.of(row.getBytes(3)));
    }
  }

  private long number(String sql) throws SQLException {
    try (var select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private OutboxException failed(SQLException e) {
    return new OutboxException(
        "outbox " + file + " failed (" + e.getMessage() + "): check the disk, then start again", e);
  }
}
