package io.tracegram.cloud.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Brings a database to this program's schema: plain SQL resources, in order, each once. */
final class Migrations {
  private static final List<String> SCRIPTS =
      List.of(
          "001-accounts.sql",
          "002-unknown-co2e.sql",
          "003-lots-by-component.sql",
          "004-exceptions.sql",
          "005-restatements.sql");

  /** Serialises programs that start at the same time on one database. */
  private static final long LOCK = 0x7472_6163_6567_7261L;

  private Migrations() {}

  /** Applies what is missing; all of it is one transaction. */
  static void apply(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      statement.execute(
          "create table if not exists schema_version (script text primary key, applied_at"
              + " timestamptz not null default now())");
      for (String script : SCRIPTS) {
        if (!isApplied(connection, script)) {
          statement.execute(read(script));
          try (PreparedStatement insert =
              connection.prepareStatement("insert into schema_version (script) values (?)")) {
            insert.setString(1, script);
            insert.executeUpdate();
          }
        }
      }
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    }
  }

  private static boolean isApplied(Connection connection, String script) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select 1 from schema_version where script = ?")) {
      query.setString(1, script);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static String read(String script) {
    try (InputStream resource = Migrations.class.getResourceAsStream(script)) {
      if (resource == null) {
        throw new IllegalStateException("the program lacks its resource " + script);
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(script, e);
    }
  }
}
