package io.tracegram.ledger.account;

import io.tracegram.ledger.energy.Slice;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells a person of every meter that is read and has stopped counting. Single-threaded.
 *
 * <p>A register that sticks looks like a machine that is off: it is measured, and its energy is in
 * the residual above it. So what counted before and has not for a week in which the plant used
 * energy is told, and nothing is changed.
 */
final class StillMeters {
  static final String CODE = "energy.still";
  static final long WEEK = 7L * 24 * 3_600_000;

  private final SortedMap<String, Long> counted;
  private final Set<String> told;

  /**
   * All of it.
   *
   * @param counted by meter, end of the last interval in which it counted, ms since 1970 UTC
   * @param told the meters of which a person was told
   */
  record State(SortedMap<String, Long> counted, List<String> told) {}

  StillMeters(State state) {
    counted = new TreeMap<>(state.counted);
    told = new TreeSet<>(state.told);
  }

  static State empty() {
    return new State(new TreeMap<>(), List.of());
  }

  State state() {
    return new State(new TreeMap<>(counted), List.copyOf(told));
  }

  /** Takes an interval that is accounted for the first time. */
  void note(FacilityInterval interval, ProblemBook problems, long leaf) {
    boolean used = interval.postings().stream().anyMatch(posting -> posting.amount() > 0);
    for (MeterSlice meter : interval.meters()) {
      Slice slice = meter.slice();
      if (meter.export()) {
        continue;
      }
      if (slice.energy() > 0) {
        counted.merge(meter.meter(), interval.endMillis(), Math::max);
        if (told.remove(meter.meter())) {
          problems.clear(CODE, meter.meter());
        }
      } else if (used && slice.missingMillis() == 0 && isStill(meter.meter(), interval)) {
        tell(meter.meter(), interval, problems, leaf);
      }
    }
  }

  private boolean isStill(String meter, FacilityInterval interval) {
    Long last = counted.get(meter);
    return last != null && interval.endMillis() - last >= WEEK;
  }

  private void tell(String meter, FacilityInterval interval, ProblemBook problems, long leaf) {
    if (told.add(meter)) {
      problems.raise(
          CODE,
          meter,
          "it is read, and has not counted for 7 days in which the plant used energy",
          "if its register sticks, what went through it is in the residual above it",
          "look at the meter: does its register stick, or is what it measures switched off?",
          interval.startMillis(),
          1,
          leaf);
    }
  }
}
