package io.tracegram.ledger.account;

import io.tracegram.ledger.quality.EstimatedShare;
import io.tracegram.ledger.quantity.Decimals;
import io.tracegram.ledger.quantity.Energy;

/**
 * Tells a person of a day, in UTC, of which more than a tenth of the supplied electricity was not
 * measured. Single-threaded.
 */
final class EstimatedDays {
  static final String CODE = "energy.estimated-share";
  private static final long DAY = 24 * 3_600_000L;

  private long day;
  private long notMeasured;
  private long supplied;

  /**
   * The day that is not over.
   *
   * @param day its number since 1970
   * @param notMeasured mWh, of {@code supplied}
   */
  record State(long day, long notMeasured, long supplied) {}

  EstimatedDays(State state) {
    day = state.day;
    notMeasured = state.notMeasured;
    supplied = state.supplied;
  }

  static State empty() {
    return new State(0, 0, 0);
  }

  State state() {
    return new State(day, notMeasured, supplied);
  }

  /** Takes an interval that is accounted for the first time; one of an earlier day is left out. */
  void note(FacilityInterval interval, ProblemBook problems, long leaf) {
    long number = Math.floorDiv(interval.startMillis(), DAY);
    if (number < day) {
      return;
    }
    if (number > day) {
      day = number;
      notMeasured = 0;
      supplied = 0;
    }
    notMeasured = Math.addExact(notMeasured, interval.notMeasured().milliwattHours());
    supplied = Math.addExact(supplied, interval.supplied().milliwattHours());
    if (interval.endMillis() % DAY == 0) {
      judge(interval, problems, leaf);
    }
  }

  private void judge(FacilityInterval last, ProblemBook problems, long leaf) {
    EstimatedShare.of(new Energy(notMeasured), new Energy(supplied))
        .ifPresent(
            share -> {
              if (share.isProblem()) {
                problems.raise(
                    CODE,
                    "site",
                    Decimals.canonical(share.percent())
                        + " % of a day's electricity was interpolated or estimated",
                    "the energy is whole, when it was used is assumed",
                    "look for meters that were not read, or read too seldom for their 'maxGap'",
                    last.endMillis() - DAY,
                    1,
                    leaf);
              } else {
                problems.clear(CODE, "site");
              }
            });
  }
}
