package io.tracegram.cloud.inventory;

import io.tracegram.cloud.inventory.StoredException.Evidence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads what is wrong with goods. Thread-safe; blocks on the database. */
public final class ExceptionQueries {
  private final DataSource source;

  /** Some of all exceptions, the newest first. */
  public record Page(long total, List<StoredException> rows) {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /**
   * What is asked for.
   *
   * @param facility only of this one
   * @param code only this one
   * @param offset rows left out, the newest first
   */
  public record Question(Optional<String> facility, Optional<String> code, long offset, int limit) {
    /** The newest of all. */
    public static Question newest(int limit) {
      return new Question(Optional.empty(), Optional.empty(), 0, limit);
    }
  }

  /**
   * @param source of a database that {@link PostgresStore#open} brought up to date
   */
  public ExceptionQueries(DataSource source) {
    this.source = source;
  }

  /** Returns a page; the total and the rows are of one moment. */
  public Page page(Question question) {
    try (Connection connection = source.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                """
                with chosen as (select * from custody_exception
                  where facility = coalesce(?, facility) and code = coalesce(?, code))
                select (select count(*) from chosen) as total, page.* from
                  (select 1) as one left join lateral (select * from chosen
                    order by since_millis desc, facility, code, subject offset ? limit ?) as page
                  on true\
                """)) {
      query.setString(1, question.facility().orElse(null));
      query.setString(2, question.code().orElse(null));
      query.setLong(3, question.offset());
      query.setInt(4, question.limit());
      try (ResultSet rows = query.executeQuery()) {
        long total = 0;
        List<StoredException> page = new ArrayList<>();
        while (rows.next()) {
          total = rows.getLong("total");
          if (rows.getString("facility") != null) {
            page.add(row(rows));
          }
        }
        return new Page(total, page);
      }
    } catch (SQLException e) {
      throw new StoreException("exceptions cannot be read", e);
    }
  }

  private static StoredException row(ResultSet row) throws SQLException {
    long otherLeaf = row.getLong("other_leaf");
    return new StoredException(
        row.getString("facility"),
        row.getString("code"),
        row.getString("subject"),
        row.getString("reason"),
        row.getString("effect"),
        row.getString("action"),
        new Evidence(row.getString("facility"), row.getLong("leaf")),
        Optional.ofNullable(row.getString("other_facility"))
            .map(facility -> new Evidence(facility, otherLeaf)),
        row.getLong("since_millis"),
        row.getLong("count"));
  }
}
