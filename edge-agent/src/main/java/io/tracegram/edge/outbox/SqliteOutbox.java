package io.tracegram.edge.outbox;

import io.tracegram.ledger.evidence.statement.SignedStatement;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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

  /** Refused statements kept for a person to look at. */
  private static final int MOST_QUARANTINED = 1_000;

  private final Path file;
  private final long maxBytes;
  private final Connection connection;
  private final OutboxTables tables;
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
    this.tables = new OutboxTables(connection);
    this.head = tables.head();
    OutboxTables.Sum waiting = tables.sum(OutboxTables.NEW);
    this.undelivered = waiting.count();
    this.bytes =
        waiting.bytes()
            + tables.sum(OutboxTables.ACKNOWLEDGED).bytes()
            + tables.sum(OutboxTables.QUARANTINED).bytes();
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
    return read(() -> tables.entries(OutboxTables.NEW, afterSequence, limit));
  }

  @Override
  public List<Entry> withoutReceipt(long afterSequence, int limit) {
    return read(() -> tables.entries(OutboxTables.ACKNOWLEDGED, afterSequence, limit));
  }

  @Override
  public long lastAcknowledged() {
    return read(() -> tables.lastButSome(OutboxTables.ACKNOWLEDGED, 0));
  }

  @Override
  public void acknowledge(Collection<Long> sequences) {
    write(
        () -> {
          for (long sequence : sequences) {
            undelivered -= tables.acknowledge(sequence);
          }
          return true;
        });
  }

  @Override
  public void quarantine(long sequence, String reason, SignedStatement gap) {
    write(
        () -> {
          undelivered -= tables.quarantine(sequence, reason);
          insert(List.of(gap));
          long surplus = tables.lastButSome(OutboxTables.QUARANTINED, MOST_QUARANTINED);
          bytes -= tables.deleteThrough(OutboxTables.QUARANTINED, surplus).bytes();
          return true;
        });
  }

  @Override
  public void deleteThrough(long epoch, long throughSequence) {
    write(
        () -> {
          if (epoch == head.epoch()) {
            OutboxTables.Sum waiting = tables.deleteThrough(OutboxTables.NEW, throughSequence);
            undelivered -= waiting.count();
            bytes -= waiting.bytes();
            bytes -= tables.deleteThrough(OutboxTables.ACKNOWLEDGED, throughSequence).bytes();
          }
          return true;
        });
  }

  @Override
  public List<Quarantined> quarantined(int limit) {
    return read(() -> tables.quarantined(limit));
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
      head = new ChainHead(epoch, sequence, signed.chainHash());
      tables.insert(head, encoded);
      bytes += encoded.length;
      undelivered++;
    }
    tables.setHead(head);
  }

  private interface Query<T> {
    T run() throws SQLException;
  }

  private <T> T read(Query<T> query) {
    lock.lock();
    try {
      return query.run();
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

  private OutboxException failed(SQLException e) {
    return new OutboxException(
        "outbox " + file + " failed (" + e.getMessage() + "): check the disk, then start again", e);
  }
}
