package io.tracegram.ledger.account;

import io.tracegram.ledger.energy.SampleOutcome;
import io.tracegram.ledger.evidence.statement.Reading;

/** Tells a person of every reading that a register's curve did not simply accept. */
record RegisterExceptions(ProblemBook problems) {
  void tell(long leaf, SampleOutcome outcome, String meter, Reading reading) {
    String shown = reading.value() + " mWh";
    switch (outcome) {
      case ACCEPTED, DUPLICATE, INSERTED, REDUNDANT -> {
        // in its place, or without effect
      }
      case ROLLOVER ->
          raise(
              leaf,
              "rollover",
              meter,
              reading,
              "the register passed its end and counts on at " + shown,
              "none: the energy across it is accounted");
      case RESET_DECLARED ->
          raise(
              leaf,
              "reset-declared",
              meter,
              reading,
              "the register counts on at " + shown + " as was declared",
              "none: the energy across it is accounted");
      case CONFLICT ->
          raise(
              leaf,
              "conflict",
              meter,
              reading,
              shown + " at a time that has another value",
              "the first value stands");
      case TOO_LATE ->
          raise(
              leaf,
              "too-late",
              meter,
              reading,
              shown + " is older than what can still be restated",
              "none: the register's later readings hold its energy");
      case IMPOSSIBLE ->
          raise(
              leaf,
              "impossible",
              meter,
              reading,
              shown + " cannot be of this register",
              "it is kept as evidence, and in no account");
      case HELD ->
          raise(
              leaf,
              "held",
              meter,
              reading,
              shown + " falls, or rises faster than the meter can",
              "held back until the next reading decides");
      case SPURIOUS_BEFORE ->
          raise(
              leaf,
              "spurious",
              meter,
              reading,
              "the reading before this one was wrong",
              "it is left out; no energy is lost");
      case RESET_UNDECLARED ->
          raise(
              leaf,
              "reset",
              meter,
              reading,
              "the register starts anew at " + shown,
              "the energy between the two levels is unknown, and missing until it is declared");
    }
  }

  private void raise(
      long leaf, String code, String meter, Reading reading, String reason, String effect) {
    new CurveExceptions(problems).raise(leaf, code, meter, reading, reason, effect);
  }
}
