package io.tracegram.edge.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens the outbox's file, or puts a corrupt one aside and begins a new epoch. Stateless. */
public final class OutboxFile {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxFile.class);

  private OutboxFile() {}

  /**
   * An opened outbox.
   *
   * @param loss where the corrupt file was put, if there was one; its statements may be lost
   */
  public record Opened(SqliteOutbox outbox, Optional<Path> loss) {}

  /**
   * Opens or creates {@code outbox.db}.
   *
   * @param directory created with mode 0700 if missing
   * @param maxBytes most bytes of statements kept, at least 1,000,000
   * @throws OutboxException if the file cannot be opened or another process holds it
   */
  public static Opened open(Path directory, long maxBytes, InstantSource clock) {
    if (maxBytes < 1_000_000) {
      throw new IllegalArgumentException("an outbox of " + maxBytes + " bytes is too small");
    }
    Path file = directory.resolve("outbox.db");
    try {
      createDirectory(directory);
      try {
        return new Opened(open(file, maxBytes, clock.millis()), Optional.empty());
      } catch (SQLException e) {
        if (!isCorrupt(e)) {
          throw e;
        }
        Path aside = putAside(file, clock.millis());
        LOG.error(
            "event=outbox.corrupt file={} movedTo={} reason=\"{}; a new epoch begins, statements"
                + " without a receipt may be lost: keep the moved file\"",
            file,
            aside,
            e.getMessage());
        return new Opened(open(file, maxBytes, clock.millis()), Optional.of(aside));
      }
    } catch (SQLException e) {
      throw new OutboxException(
          "cannot open outbox "
              + file
              + " ("
              + e.getMessage()
              + "): if another agent uses it, stop that one; else check the disk and its rights",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use outbox directory " + directory, e);
    }
  }

  private static SqliteOutbox open(Path file, long maxBytes, long nowMillis) throws SQLException {
    boolean existed = Files.exists(file);
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try {
      try (Statement pragma = connection.createStatement()) {
        pragma.execute("PRAGMA locking_mode = EXCLUSIVE");
        pragma.execute("PRAGMA journal_mode = WAL");
        pragma.execute("PRAGMA synchronous = FULL");
        pragma.execute("PRAGMA cache_size = -2000");
        pragma.execute("PRAGMA journal_size_limit = 4000000");
        checkHealth(pragma);
      }
      connection.setAutoCommit(false);
      new OutboxTables(connection).create(nowMillis);
      connection.commit();
      SqliteOutbox outbox = new SqliteOutbox(file, connection, maxBytes);
      LOG.info(
          "event=outbox.opened file={} epoch={} sequence={} undelivered={} new={}",
          file,
          outbox.head().epoch(),
          outbox.head().sequence(),
          outbox.undelivered(),
          !existed);
      return outbox;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void checkHealth(Statement pragma) throws SQLException {
    try (ResultSet row = pragma.executeQuery("PRAGMA quick_check(1)")) {
      if (!row.next() || !"ok".equals(row.getString(1))) {
        throw new SQLiteException("quick_check failed", SQLiteErrorCode.SQLITE_CORRUPT);
      }
    }
  }

  private static boolean isCorrupt(SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return false;
    }
    SQLiteErrorCode code = sqlite.getResultCode();
    return code == SQLiteErrorCode.SQLITE_NOTADB
        || (code.code & 0xFF) == SQLiteErrorCode.SQLITE_CORRUPT.code;
  }

  private static Path putAside(Path file, long nowMillis) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".corrupt-" + nowMillis);
    Files.move(file, aside);
    for (String suffix : new String[] {"-wal", "-shm"}) {
      Path extra = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(extra)) {
        Files.move(extra, aside.resolveSibling(aside.getFileName() + suffix));
      }
    }
    return aside;
  }

  private static void createDirectory(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
