package io.tracegram.ledger.account;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Kind;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results that wait for their derived leaf, which is compared with them and never applied. */
final class Expectations {
  private final Map<Key, Body.Derived> outstanding = new LinkedHashMap<>();
  private long mismatches;

  /** All of it. */
  record State(List<Body.Derived> outstanding, long mismatches) {}

  Expectations(State state) {
    state.outstanding.forEach(this::expect);
    this.mismatches = state.mismatches;
  }

  Expectations() {}

  State state() {
    return new State(outstanding(), mismatches);
  }

  private record Key(Kind kind, long cause, int ordinal) {}

  void expect(Body.Derived result) {
    outstanding.put(key(result), result);
  }

  /**
   * Takes a derived leaf; says whether it is the next result that was expected. Results are written
   * in their order, so that one left out shows in all that follow.
   */
  boolean meet(Body.Derived logged) {
    Iterator<Body.Derived> next = outstanding.values().iterator();
    boolean met = next.hasNext() && next.next().equals(logged);
    if (met) {
      next.remove();
    } else {
      mismatches++;
    }
    return met;
  }

  List<Body.Derived> outstanding() {
    return List.copyOf(outstanding.values());
  }

  boolean isEmpty() {
    return outstanding.isEmpty();
  }

  long mismatches() {
    return mismatches;
  }

  private static Key key(Body.Derived derived) {
    return new Key(derived.kind(), derived.cause(), derived.ordinal());
  }
}
