package io.tracegram.runtime.epcis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * A projection of logs' events in an SQLite file: it can be deleted at any time and is then built
 * again. One thread writes; readers may be used by any thread, each by one at a time.
 *
 * <p>What is written is safe from a kill when {@link EventWriter#commit} returns; a power cut may
 * take the last commits, never a part of one.
 */
final class EventStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventStore.class);

  /** Changes with the tables and with what {@link EventTerms} reads from an event. */
  private static final int VERSION = 2;

  private static final int READERS = 2;
  private static final int SECRET_BYTES = 32;
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
          "CREATE TABLE context (id INTEGER PRIMARY KEY, json TEXT NOT NULL UNIQUE)",
          "CREATE TABLE log (id INTEGER PRIMARY KEY, origin TEXT NOT NULL UNIQUE,"
              + " size INTEGER NOT NULL, root BLOB NOT NULL, plant INTEGER NOT NULL)",
          "CREATE TABLE event (id INTEGER PRIMARY KEY, event_id TEXT NOT NULL,"
              + " time INTEGER NOT NULL, recorded INTEGER NOT NULL, log INTEGER NOT NULL,"
              + " leaf INTEGER NOT NULL,"
              + " origin INTEGER NOT NULL, context INTEGER NOT NULL, json TEXT NOT NULL)",
          "CREATE INDEX event_time ON event (time)",
          "CREATE INDEX event_recorded ON event (recorded)",
          "CREATE TABLE mark (term INTEGER NOT NULL, time INTEGER NOT NULL,"
              + " event INTEGER NOT NULL, PRIMARY KEY (term, time, event)) WITHOUT ROWID",
          "CREATE TABLE measure (event INTEGER NOT NULL, term INTEGER NOT NULL,"
              + " value TEXT NOT NULL, PRIMARY KEY (event, term, value)) WITHOUT ROWID",
          "CREATE TABLE job (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
              + " json TEXT NOT NULL)");

  private final Path file;
  private final byte[] secret;
  private final EventWriter writer;
  private final LogPlaces places;
  private final BlockingQueue<EventReader> readers = new ArrayBlockingQueue<>(READERS);

  private EventStore(Path file, Connection connection, byte[] secret) throws SQLException {
    this.file = file;
    this.secret = secret;
    writer = new EventWriter(connection, new TermKeys(secret));
    places = new LogPlaces(connection);
    for (int i = 0; i < READERS; i++) {
      readers.add(new EventReader(connect(file), new TermKeys(secret)));
    }
  }

  /**
   * Opens or creates the file; one that is damaged, or of another version of this program, is
   * replaced by an empty one.
   */
  static EventStore open(Path file, SecureRandom random) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try {
      return attempt(file, random);
    } catch (SQLException e) {
      LOG.warn(
          "event=epcis.projection-replaced file={} reason=\"{}\" action=\"it is built again from"
              + " the log\"",
          file,
          e.getMessage());
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
      }
      try {
        return attempt(file, random);
      } catch (SQLException again) {
        throw new IOException(
            "cannot create " + file + " (" + again.getMessage() + "): check the disk", again);
      }
    }
  }

  EventWriter writer() {
    return writer;
  }

  LogPlaces places() {
    return places;
  }

  /** Returns what the secret of page tokens is to be. */
  byte[] secret() {
    return secret.clone();
  }

  /** What is done with a reader. */
  interface Use<T> {
    T of(EventReader reader) throws SQLException;
  }

  /** Lends a reader, waiting until one is free. */
  <T> T read(Use<T> use) {
    try {
      EventReader reader = readers.take();
      try {
        return use.of(reader);
      } catch (SQLException e) {
        throw new StoreException("reading " + file, e);
      } finally {
        readers.add(reader);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + file, e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
      for (int i = 0; i < READERS; i++) {
        readers.take().close();
      }
    } catch (SQLException e) {
      throw new StoreException("closing " + file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static EventStore attempt(Path file, SecureRandom random) throws SQLException {
    Connection connection = connect(file);
    try {
      try (Statement pragma = connection.createStatement()) {
        pragma.execute("PRAGMA journal_mode = WAL");
      }
      connection.setAutoCommit(false);
      byte[] secret = secret(connection, random);
      return new EventStore(file, connection, secret);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static Connection connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    // else the driver asks for the last row's number after each insert, which costs more than it
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement pragma = connection.createStatement()) {
      pragma.execute("PRAGMA busy_timeout = 5000");
      // the log is what must not be lost; of this file only its shape
      pragma.execute("PRAGMA synchronous = NORMAL");
      pragma.execute("PRAGMA cache_size = -65536");
      pragma.execute("PRAGMA temp_store = MEMORY");
      pragma.execute("PRAGMA journal_size_limit = 64000000");
    }
    return connection;
  }

  /** Returns the file's secret, making file and secret if they are not there. */
  private static byte[] secret(Connection connection, SecureRandom random) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int version = number(statement, "PRAGMA user_version");
      if (version == 0 && number(statement, "SELECT count(*) FROM sqlite_master") == 0) {
        for (String table : TABLES) {
          statement.execute(table);
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO meta VALUES ('secret', ?)")) {
          insert.setBytes(1, secret);
          insert.executeUpdate();
        }
        statement.execute("PRAGMA user_version = " + VERSION);
        connection.commit();
        return secret;
      }
      if (version != VERSION) {
        throw new SQLException("it has version " + version + ", not " + VERSION);
      }
      try (ResultSet row = statement.executeQuery("SELECT value FROM meta WHERE name = 'secret'")) {
        if (row.next()) {
          return row.getBytes(1);
        }
      }
      throw new SQLException("it has no secret");
    }
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
