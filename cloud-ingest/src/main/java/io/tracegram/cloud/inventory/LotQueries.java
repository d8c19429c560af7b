package io.tracegram.cloud.inventory;

import io.tracegram.ledger.account.AccountCodec;
import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads lots back. Thread-safe; blocks on the database. */
public final class LotQueries {
  private static final String COLUMNS = "select facility, leaf, account from lot_account ";

  private final DataSource source;

  /**
   * @param source of a database that {@link PostgresStore#open} brought up to date
   */
  public LotQueries(DataSource source) {
    this.source = source;
  }

  /** Returns the account that a facility made of a lot it produced. */
  public Optional<StoredLot> lot(String facility, LotId lot) {
    return query(COLUMNS + "where lot = ? and facility = ?", lot.path(), facility).stream()
        .findFirst();
  }

  /**
   * Returns every facility's account of a lot; more than one means that two claim to have made it.
   */
  public List<StoredLot> lot(LotId lot) {
    return query(COLUMNS + "where lot = ? order by facility", lot.path());
  }

  /** Returns serialised items, newest first, at most 1,000. */
  public List<StoredLot> items() {
    return query(COLUMNS + "where serialised order by leaf desc, facility limit 1000");
  }

  /** Returns a facility's serialised items whose account is a later leaf, in order, at most 256. */
  public List<StoredLot> itemsAfter(String facility, long leaf) {
    return query(
        COLUMNS
            + "where serialised and facility = ? and leaf > cast(? as bigint) order by leaf limit 256",
        facility,
        Long.toString(leaf));
  }

  /** Returns a facility's lots whose account is a restatement in a later leaf, in order. */
  public List<StoredLot> restatedAfter(String facility, long leaf, int limit) {
    return query(
        COLUMNS
            + "where revision > 0 and facility = ? and leaf > cast(? as bigint) order by leaf"
            + " limit cast(? as int)",
        facility,
        Long.toString(leaf),
        Integer.toString(limit));
  }

  /**
   * Returns the footprint on which a part of a facility's lot rests, if its supplier declared one.
   */
  public Optional<DeclaredPart> footprint(String facility, LotId into, LotId part) {
    try (Connection connection = source.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select footprint_leaf, footprint_key from lot_component where facility = ?"
                    + " and lot = ? and component = ? and footprint_leaf is not null")) {
      query.setString(1, facility);
      query.setString(2, into.path());
      query.setString(3, part.path());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new DeclaredPart(
                    into,
                    part,
                    rows.getLong(1),
                    Optional.ofNullable(rows.getString(2)).map(LotQueries::hash)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new StoreException("a lot's footprint cannot be read", e);
    }
  }

  /** Returns how many lots of a facility have a final account. */
  public long count(String facility) {
    try (Connection connection = source.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select count(*) from lot_account where facility = ?")) {
      query.setString(1, facility);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new StoreException("lots cannot be counted", e);
    }
  }

  private List<StoredLot> query(String sql, String... parameters) {
    try (Connection connection = source.getConnection();
        PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setString(i + 1, parameters[i]);
      }
      List<StoredLot> lots = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          String facility = rows.getString("facility");
          lots.add(
              new StoredLot(facility, rows.getLong("leaf"), account(rows.getBytes("account"))));
        }
      }
      return lots;
    } catch (SQLException e) {
      throw new StoreException("lots cannot be read", e);
    }
  }

  private static Hash hash(String hex) {
    return Hash.of(HexFormat.of().parseHex(hex));
  }

  private static LotAccount account(byte[] encoded) {
    return ((Account.OfLot) AccountCodec.decode(encoded)).account();
  }
}
