package io.tracegram.runtime.epcis;

import io.tracegram.runtime.epcis.EventQuery.Clause;
import io.tracegram.runtime.epcis.EventQuery.Order;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Writes the SQL of a query. One clause drives: for each of its terms the index gives the events in
 * order of time, the other clauses are looked up per event, and the first so many of all are taken.
 * Single-threaded, for one query.
 */
final class EventSelect {
  private final EventQuery query;
  private final TermKeys keys;
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  /** A statement with its parameters, each a long or a text; gives event number and time. */
  record Sql(String text, List<Object> values) {}

  /** Which events, by number: from the first to the last, both inclusive. */
  record Numbers(OptionalLong first, OptionalLong last) {}

  private EventSelect(EventQuery query, TermKeys keys) {
    this.query = query;
    this.keys = keys;
  }

  /**
   * Writes a query.
   *
   * @param driver index of the clause that drives, -1 if there is no clause
   * @param limit most rows
   */
  static Sql of(EventQuery query, TermKeys keys, int driver, Numbers numbers, long limit) {
    EventSelect select = new EventSelect(query, keys);
    if (driver < 0) {
      select.all(numbers, limit);
    } else {
      select.union(driver, numbers, limit);
    }
    return new Sql(select.sql.toString(), select.values);
  }

  /** Returns the terms by which a clause can drive. */
  static List<Term> terms(Clause clause) {
    return switch (clause) {
      case Clause.AnyOf(List<Term> terms) -> terms;
      case Clause.Compared(Term of, var how, var compared) -> List.of(of);
    };
  }

  private void all(Numbers numbers, long limit) {
    sql.append("SELECT id AS event, time FROM event WHERE 1");
    bounds("time", "id", numbers);
    order("time", "id");
    limit(limit);
  }

  private void union(int driver, Numbers numbers, long limit) {
    boolean first = true;
    for (Term term : terms(query.clauses().get(driver)).stream().distinct().toList()) {
      sql.append(first ? "" : " UNION ");
      first = false;
      sql.append("SELECT event, time FROM (SELECT m.event, m.time FROM mark m WHERE m.term = ?");
      values.add(keys.of(term));
      bounds("m.time", "m.event", numbers);
      for (int i = 0; i < query.clauses().size(); i++) {
        other(query.clauses().get(i), i == driver);
      }
      order("m.time", "m.event");
      limit(limit);
      sql.append(')');
    }
    order("time", "event");
    limit(limit);
  }

  private void other(Clause clause, boolean drives) {
    switch (clause) {
      case Clause.AnyOf(List<Term> terms) -> {
        if (!drives) {
          sql.append(
              " AND EXISTS (SELECT 1 FROM mark o WHERE o.term IN ("
                  + "?,".repeat(terms.size() - 1)
                  + "?) AND o.time = m.time AND o.event = m.event)");
          terms.forEach(term -> values.add(keys.of(term)));
        }
      }
      case Clause.Compared(Term of, var how, List<BigDecimal> compared) -> {
        sql.append(
            " AND EXISTS (SELECT 1 FROM measure o WHERE o.event = m.event AND o.term = ? AND (");
        values.add(keys.of(of));
        for (int i = 0; i < compared.size(); i++) {
          sql.append(i == 0 ? "" : " OR ").append("o.value ").append(how.sql()).append(" ?");
          values.add(DecimalKey.of(compared.get(i)));
        }
        sql.append("))");
      }
    }
  }

  private void bounds(String time, String number, Numbers numbers) {
    bound(time + " >= ?", query.eventMicros().from());
    bound(time + " < ?", query.eventMicros().to());
    bound(number + " >= ?", numbers.first());
    bound(number + " <= ?", numbers.last());
    query
        .after()
        .ifPresent(
            position -> {
              String beyond = query.descending() ? "<" : ">";
              if (query.order() == Order.EVENT_TIME) {
                sql.append(" AND (%s, %s) %s (?, ?)".formatted(time, number, beyond));
                values.add(position.micros());
              } else {
                sql.append(" AND %s %s ?".formatted(number, beyond));
              }
              values.add(position.number());
            });
  }

  private void bound(String condition, OptionalLong value) {
    if (value.isPresent()) {
      sql.append(" AND ").append(condition);
      values.add(value.getAsLong());
    }
  }

  private void order(String time, String number) {
    String direction = query.descending() ? " DESC" : " ASC";
    sql.append(" ORDER BY ");
    if (query.order() == Order.EVENT_TIME) {
      sql.append(time).append(direction).append(", ");
    }
    sql.append(number).append(direction);
  }

  private void limit(long limit) {
    sql.append(" LIMIT ?");
    values.add(limit);
  }
}
