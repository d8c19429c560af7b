package io.tracegram.runtime.epcis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A query as it is answered: every clause must hold. Immutable.
 *
 * @param eventMicros event time, µs since 1970 UTC
 * @param recordMillis record time, ms since 1970 UTC
 * @param limit first so many in the order, empty for all ({@code eventCountLimit})
 * @param most refuse to answer with more ({@code maxEventCount})
 * @param perPage 1 or more
 * @param after the last event of the page before
 * @param fingerprint of all parameters that decide what is found
 */
public record EventQuery(
    List<Clause> clauses,
    Range eventMicros,
    Range recordMillis,
    Order order,
    boolean descending,
    OptionalLong limit,
    OptionalLong most,
    int perPage,
    Optional<Position> after,
    String fingerprint) {
  public EventQuery {
    clauses = List.copyOf(clauses);
  }

  /** What an event must be to be found. */
  sealed interface Clause {
    /** It has one of these; at least one. */
    record AnyOf(List<Term> terms) implements Clause {}

    /** One of its numbers lies so to one of these; at least one, several only for {@code EQ}. */
    record Compared(Term of, Comparison how, List<java.math.BigDecimal> values) implements Clause {}
  }

  /** How a number must lie to the one given. */
  enum Comparison {
    EQ("="),
    GT(">"),
    GE(">="),
    LT("<"),
    LE("<=");

    private final String sql;

    Comparison(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }
  }

  /** By which time events are ordered; those of one time by when they were recorded. */
  enum Order {
    EVENT_TIME,
    RECORD_TIME
  }

  /** Times from one, inclusive, to another, exclusive. */
  record Range(OptionalLong from, OptionalLong to) {
    static final Range ALL = new Range(OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * Where a page ends.
   *
   * @param micros event time of its last event
   * @param number of that event in the store
   * @param given events on this page and those before
   */
  record Position(long micros, long number, long given) {}
}
