package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.TypedWeight;
import io.tracegram.ledger.energy.Discontinuity;
import io.tracegram.ledger.energy.Estimate;
import io.tracegram.ledger.energy.SampleOutcome;
import io.tracegram.ledger.evidence.statement.Body.Approval;
import io.tracegram.ledger.evidence.statement.Body.ManualEntry;
import io.tracegram.ledger.quantity.Mass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people enter, until another person approves it: nobody changes a figure alone. So many
 * entries wait; one more takes the place of the oldest, so that entries which nobody approves keep
 * nobody from correcting anything. Single-threaded.
 */
final class EntryBook {
  private static final int LIMIT = 1_000;

  private final Map<Long, ManualEntry> waiting = new LinkedHashMap<>();
  private final Intervals intervals;
  private final Weights weights;
  private final ProblemBook problems;

  /** Where weights that people typed count. */
  interface Weights {
    /** Takes a weight that was approved; returns why it does not count. */
    Optional<String> typed(TypedWeight weight, long approval);
  }

  /** An entry and its leaf. */
  record Waiting(long leaf, String person, String reason, Said said) {}

  /** An entry as plain numbers, −1 for what it has not. */
  record Said(String device, long from, long to, long first, long second, String method) {}

  /** All of it. */
  record State(List<Waiting> waiting) {}

  EntryBook(State state, Intervals intervals, Weights weights, ProblemBook problems) {
    this.intervals = intervals;
    this.weights = weights;
    this.problems = problems;
    for (Waiting entry : state.waiting) {
      waiting.put(entry.leaf, new ManualEntry(entry.person, entry.reason, entry(entry.said)));
    }
  }

  static State empty() {
    return new State(List.of());
  }

  State state() {
    return new State(
        waiting.entrySet().stream()
            .map(
                entry ->
                    new Waiting(
                        entry.getKey(),
                        entry.getValue().person(),
                        entry.getValue().reason(),
                        said(entry.getValue().entry())))
            .toList());
  }

  private static ManualEntry.Entry entry(Said said) {
    if (said.to >= 0) {
      return new ManualEntry.Entry.Amount(said.device, said.from, said.to, said.first, said.method);
    }
    return said.second >= 0
        ? new ManualEntry.Entry.Discontinuity(said.device, said.from, said.first, said.second)
        : new ManualEntry.Entry.TypedWeight(said.device, said.from, new Mass(said.first));
  }

  private static Said said(ManualEntry.Entry entry) {
    return switch (entry) {
      case ManualEntry.Entry.Discontinuity(
              String meter,
              long millis,
              long finalValue,
              long initialValue) ->
          new Said(meter, millis, -1, finalValue, initialValue, "");
      case ManualEntry.Entry.Amount(String meter, long from, long to, long amount, String method) ->
          new Said(meter, from, to, amount, -1, method);
      case ManualEntry.Entry.TypedWeight(String scanner, long scan, Mass mass) ->
          new Said(scanner, scan, -1, mass.milligrams(), -1, "");
    };
  }

  void entered(long leaf, ManualEntry entry, long millis) {
    if (waiting.size() == LIMIT) {
      long oldest = waiting.keySet().iterator().next();
      waiting.remove(oldest);
      problems.raise(
          "entry.given-up",
          "entries",
          LIMIT + " entries wait for approval: that of leaf " + oldest + " gave way to another",
          "it changes nothing, and can no longer be approved",
          "approve what is right of those that wait; enter it again if it is still wanted",
          millis,
          1,
          leaf);
    }
    waiting.put(leaf, entry);
  }

  void approved(long leaf, Approval approval, long millis) {
    ManualEntry entry = waiting.get(approval.entry());
    if (entry == null) {
      refuse(
          leaf, approval, millis, "no entry of leaf " + approval.entry() + " waits for approval");
    } else if (entry.person().equals(approval.person())) {
      refuse(leaf, approval, millis, approval.person() + " entered it: another person approves");
    } else {
      waiting.remove(approval.entry());
      apply(approval.entry(), entry, leaf)
          .ifPresent(reason -> refuse(leaf, approval, millis, reason));
    }
  }

  /** Returns why an entry has no effect. */
  private Optional<String> apply(long leaf, ManualEntry said, long approval) {
    ManualEntry.Entry entry = said.entry();
    return switch (entry) {
      case ManualEntry.Entry.Discontinuity(
              String meter,
              long millis,
              long finalValue,
              long initialValue) ->
          outcome(
              meter,
              intervals.correct(
                  meter,
                  leaf,
                  curve -> curve.declare(new Discontinuity(millis, finalValue, initialValue))));
      case ManualEntry.Entry.Amount(String meter, long from, long to, long amount, String method) ->
          outcome(
              meter,
              intervals.correct(
                  meter, leaf, curve -> curve.estimate(new Estimate(from, to, amount, method))));
      case ManualEntry.Entry.TypedWeight(String scanner, long scan, Mass mass) ->
          weights.typed(new TypedWeight(scanner, scan, mass, leaf, said.person()), approval);
    };
  }

  private static Optional<String> outcome(String meter, Optional<SampleOutcome> outcome) {
    return outcome.isEmpty()
        ? Optional.of("the plant model has no meter " + meter)
        : outcome
            .filter(EntryBook::isWithoutEffect)
            .map(reason -> "it does not fit the register: " + reason);
  }

  private static boolean isWithoutEffect(SampleOutcome outcome) {
    return switch (outcome) {
      case ACCEPTED, RESET_DECLARED, DUPLICATE, INSERTED, SPURIOUS_BEFORE, ROLLOVER -> false;
      case CONFLICT, REDUNDANT, HELD, RESET_UNDECLARED, TOO_LATE, IMPOSSIBLE -> true;
    };
  }

  private void refuse(long leaf, Approval approval, long millis, String reason) {
    problems.raise(
        "entry.refused",
        "entry " + approval.entry(),
        reason,
        "it changes nothing",
        "look at the entry; enter it again, and have somebody else approve it",
        millis,
        1,
        leaf);
  }
}
