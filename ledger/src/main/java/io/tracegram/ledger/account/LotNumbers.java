package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.lot.Stage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * How often lots were reworked, and how many accounts of each were said. Single-threaded.
 *
 * <p>A lot has one figure at a time: that of its newest revision.
 */
final class LotNumbers {
  private final Map<LotId, Integer> revisions;
  private final Map<LotId, Integer> said;
  private final SequencedSet<LotId> again;

  /**
   * All of it.
   *
   * @param revisions of lots that were reworked
   * @param said number of the last account of lots that were ever reworked
   * @param again lots whose last account is of a revision that was undone
   */
  record State(Map<LotId, Integer> revisions, Map<LotId, Integer> said, List<LotId> again) {}

  LotNumbers(State state) {
    revisions = state.revisions;
    said = state.said;
    again = new LinkedHashSet<>(state.again);
  }

  static State empty() {
    return new State(new LinkedHashMap<>(), new LinkedHashMap<>(), List.of());
  }

  State state() {
    return new State(revisions, said, List.copyOf(again));
  }

  Stage newest(LotId lot) {
    return new Stage(lot, revisions.getOrDefault(lot, 0));
  }

  void made(Stage stage) {
    if (stage.revision() > 0) {
      revisions.merge(stage.lot(), stage.revision(), Math::max);
    }
  }

  /** A revision was undone: the one before is the lot's figure again. */
  void unmade(Stage stage) {
    if (stage.revision() == 0) {
      return;
    }
    revisions.put(stage.lot(), stage.revision() - 1);
    if (said.containsKey(stage.lot())) {
      again.add(stage.lot());
    }
  }

  /**
   * Returns the number of an account that is to be said.
   *
   * @param own its number among those of the same revision
   * @param before number of the last account of the revision before, −1 if there is none
   */
  int next(Stage stage, int own, int before) {
    if (stage.revision() == 0 && !said.containsKey(stage.lot())) {
      return own;
    }
    again.remove(stage.lot());
    return said.merge(stage.lot(), before + 1, (last, _) -> last + 1);
  }

  /** Returns lots whose figure is to be said once more. */
  List<LotId> again() {
    return List.copyOf(again);
  }
}
