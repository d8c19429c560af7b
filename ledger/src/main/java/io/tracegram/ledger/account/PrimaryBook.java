package io.tracegram.ledger.account;

import io.tracegram.ledger.lot.Made;
import io.tracegram.ledger.lot.Stage;
import io.tracegram.ledger.lot.Work;
import io.tracegram.ledger.plant.PrimaryData;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Which policy of primary data counted which time, and which lots. Single-threaded. */
final class PrimaryBook {
  private final TreeMap<Long, PrimaryData> since = new TreeMap<>();
  private final Map<Stage, PrimaryPolicy> lots;

  /**
   * All of it.
   *
   * @param since policies by the start of the first interval that they counted
   * @param lots that were not counted by the default alone
   */
  record State(SortedMap<Long, PrimaryData> since, Map<Stage, PrimaryPolicy> lots) {}

  PrimaryBook(State state) {
    since.putAll(state.since);
    lots = state.lots;
  }

  static State empty() {
    return new State(new TreeMap<>(), new LinkedHashMap<>());
  }

  State state() {
    return new State(since, lots);
  }

  /** Notes the policy in force when an interval is accounted for the first time. */
  void inForce(long startMillis, PrimaryData policy) {
    boolean later = since.isEmpty() || since.lastKey() < startMillis;
    if (later && at(startMillis) != policy) {
      since.put(startMillis, policy);
    }
  }

  /** Returns the policy by which an interval was counted, and is again if it is restated. */
  PrimaryData at(long millis) {
    Map.Entry<Long, PrimaryData> entry = since.floorEntry(millis);
    return entry == null ? PrimaryData.ACTIVITY : entry.getValue();
  }

  /** Returns the policy in force now. */
  PrimaryData newest() {
    return at(Long.MAX_VALUE);
  }

  /** Notes the policy of a lot that came with its figure. */
  void came(Stage lot, PrimaryPolicy policy) {
    if (policy.equals(PrimaryPolicy.DEFAULT)) {
      lots.remove(lot);
    } else {
      lots.put(lot, policy);
    }
  }

  /**
   * Returns the policy of a lot that was made here, and notes it.
   *
   * @param counted says of a lot whether any of it may be primary
   */
  PrimaryPolicy made(Made lot, Work work, Predicate<Stage> counted) {
    PrimaryData policy = at(Math.max(work.startMillis(), work.endMillis() - 1));
    Set<PrimaryData> all = EnumSet.of(policy, at(work.startMillis()));
    if (work.startMillis() < work.endMillis()) {
      all.addAll(since.subMap(work.startMillis(), work.endMillis()).values());
    }
    boolean mixed = all.size() > 1;
    for (Made.Part part : lot.parts()) {
      if (counted.test(part.stage())) {
        PrimaryPolicy of = of(part.stage());
        mixed |= of.mixed() || of.policy() != policy;
      }
    }
    PrimaryPolicy made = new PrimaryPolicy(policy, mixed);
    came(lot.stage(), made);
    return made;
  }

  PrimaryPolicy of(Stage lot) {
    return lots.getOrDefault(lot, PrimaryPolicy.DEFAULT);
  }

  void forget(Stage lot) {
    lots.remove(lot);
  }
}
