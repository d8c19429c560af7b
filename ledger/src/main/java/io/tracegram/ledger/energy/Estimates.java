package io.tracegram.ledger.energy;

import java.util.ArrayList;
import java.util.List;

/**
 * What people stated for stretches without energy; one counts as long as nothing of its stretch is
 * bridged by readings. Single-threaded.
 */
final class Estimates {
  private final List<Estimate> stated;

  Estimates(List<Estimate> stated) {
    this.stated = new ArrayList<>(stated);
  }

  List<Estimate> all() {
    return List.copyOf(stated);
  }

  /** Adds one: ACCEPTED in place of void ones, DUPLICATE, REDUNDANT or CONFLICT. */
  SampleOutcome add(Estimate estimate, Course course) {
    if (stated.contains(estimate)) {
      return SampleOutcome.DUPLICATE;
    } else if (!course.isMissing(estimate.from(), estimate.to())) {
      return SampleOutcome.REDUNDANT;
    }
    for (Estimate other : stated) {
      if (other.overlaps(estimate.from(), estimate.to())
          && course.isMissing(other.from(), other.to())) {
        return SampleOutcome.CONFLICT;
      }
    }
    stated.removeIf(other -> other.overlaps(estimate.from(), estimate.to()));
    stated.add(estimate);
    return SampleOutcome.ACCEPTED;
  }

  /** Forgets those before a time, and void ones that began before it, for good. */
  void forgetBefore(long millis, Course course) {
    stated.removeIf(
        estimate ->
            estimate.to() <= millis
                || (estimate.from() < millis && !course.isMissing(estimate.from(), estimate.to())));
  }

  /** Widens what changed by the estimates in it, which may count now or no longer. */
  void widen(Changes changes) {
    for (Estimate estimate : stated) {
      if (estimate.overlaps(changes.from(), changes.to())) {
        changes.mark(estimate.from(), estimate.to());
      }
    }
  }

  /** Adds what counts in [from, to) to a tally. */
  void count(long from, long to, Course course, Tally tally) {
    for (Estimate estimate : stated) {
      if (estimate.overlaps(from, to) && course.isMissing(estimate.from(), estimate.to())) {
        long start = Math.max(from, estimate.from());
        long end = Math.min(to, estimate.to());
        long span = estimate.to() - estimate.from();
        long energy =
            Exact.share(estimate.milliwattHours(), end - estimate.from(), span)
                - Exact.share(estimate.milliwattHours(), start - estimate.from(), span);
        tally.estimate(energy, end - start);
      }
    }
  }
}
