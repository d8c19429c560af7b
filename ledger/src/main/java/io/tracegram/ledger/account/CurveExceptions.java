package io.tracegram.ledger.account;

import io.tracegram.ledger.energy.RegisterCurve;
import io.tracegram.ledger.evidence.statement.Reading;

/** Tells a person of every reading that a register's curve did not simply accept. */
record CurveExceptions(ProblemBook problems) {
  void tell(long index, RegisterCurve.Outcome outcome, String meter, Reading reading) {
    String shown = reading.value() + " mWh";
    switch (outcome) {
      case ACCEPTED, DUPLICATE -> {
        // nothing to tell
      }
      case CONFLICT ->
          raise(
              index,
              "conflict",
              meter,
              reading,
              shown + " at a time that has another value",
              "the first value stands");
      case LATE ->
          raise(
              index,
              "late",
              meter,
              reading,
              shown + " is older than what is accounted",
              "none: the register's later readings hold its energy");
      case HELD ->
          raise(
              index,
              "held",
              meter,
              reading,
              shown + " falls, or rises faster than the meter can",
              "held back until the next reading decides");
      case SPURIOUS_BEFORE ->
          raise(
              index,
              "spurious",
              meter,
              reading,
              "the reading before this one was wrong",
              "it is left out; no energy is lost");
      case RESET_UNDECLARED ->
          raise(
              index,
              "reset",
              meter,
              reading,
              "the register starts anew at " + shown,
              "the energy between the two levels is unknown and not in the account");
    }
  }

  void raise(long index, String code, String meter, Reading reading, String reason, String effect) {
    problems.raise(
        "energy." + code,
        meter,
        reason,
        effect,
        "look at the meter: was it replaced, reset or disturbed?",
        reading.measuredMillis(),
        1,
        index);
  }
}
