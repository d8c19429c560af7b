package io.tracegram.cloud.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresStoreTest {
  @Test
  void keepsItsDataBetweenStarts(@TempDir Path directory) throws Exception {
    long t = System.nanoTime();
    try (Database database = Database.embedded(directory);
        Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement()) {
      System.out.println("START " + (System.nanoTime() - t) / 1000000);
      statement.execute("create table x(a int)");
      statement.execute("insert into x values (5)");
    }
    System.out.println("STOP " + (System.nanoTime() - t) / 1000000);
    try (Database database = Database.embedded(directory);
        Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select a from x")) {
      System.out.println("START2 " + (System.nanoTime() - t) / 1000000);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(5);
    }
    System.out.println("STOP2 " + (System.nanoTime() - t) / 1000000);
  }
}
