package io.tracegram.cloud.inventory;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL to connect to: one that runs already, or one of our own that lives in a data
 * directory and on loopback only. Thread-safe once open.
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final Duration STARTUP = Duration.ofSeconds(60);

  private final DataSource source;
  private final Optional<EmbeddedPostgres> embedded;

  private Database(DataSource source, Optional<EmbeddedPostgres> embedded) {
    this.source = source;
    this.embedded = embedded;
  }

  /** Uses a running server; connects when a connection is first asked for. */
  public static Database connect(String jdbcUrl) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    return new Database(source, Optional.empty());
  }

  /**
   * Starts our own server on a free loopback port. A server that a killed process left running on
   * the same directory is stopped first.
   *
   * @param directory holds {@code data} (kept between starts) and {@code binaries} (unpacked once)
   * @throws IOException if it does not start; the message says where its data is
   */
  public static Database embedded(Path directory) throws IOException {
    Path data = directory.resolve("data").toAbsolutePath();
    Files.createDirectories(directory);
    stopOrphan(data);
    try {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
              .setPGStartupWait(STARTUP)
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("unix_socket_directories", "")
              .setServerConfig("max_connections", "20")
              .setServerConfig("shared_buffers", "16MB")
              .start();
      LOG.info("event=database.started directory={} port={}", data, postgres.getPort());
      return new Database(postgres.getPostgresDatabase(), Optional.of(postgres));
    } catch (IOException | IllegalStateException e) {
      throw new IOException(
          "the embedded PostgreSQL in "
              + data
              + " did not start: see its log, or configure"
              + " postgres: with the jdbc: URL of one that runs",
          e);
    }
  }

  /** Returns a source of connections. */
  public DataSource source() {
    return source;
  }

  @Override
  public void close() throws IOException {
    if (embedded.isPresent()) {
      embedded.get().close();
      LOG.info("event=database.stopped");
    }
  }

  /** PostgreSQL names its process and data directory in the first lines of its lock file. */
  private static void stopOrphan(Path data) throws IOException {
    Path lock = data.resolve("postmaster.pid");
    if (!Files.exists(lock)) {
      return;
    }
    List<String> lines = Files.readAllLines(lock, StandardCharsets.UTF_8);
    if (lines.size() < 2 || !Path.of(lines.get(1)).equals(data)) {
      return;
    }
    Optional<ProcessHandle> orphan =
        ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
            .filter(process -> process.info().commandLine().orElse("").contains(data.toString()));
    if (orphan.isEmpty()) {
      return;
    }
    LOG.warn("event=database.orphan-stopped pid={} directory={}", orphan.get().pid(), data);
    orphan.get().destroy();
    try {
      orphan.get().onExit().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a left-over PostgreSQL stops", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "a PostgreSQL left over on " + data + " does not stop: end process " + orphan.get().pid(),
          e);
    }
  }
}
