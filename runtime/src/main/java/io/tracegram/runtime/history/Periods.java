package io.tracegram.runtime.history;

import java.time.Instant;
import java.util.List;

/**
 * The periods of the rows so far, which rise. An hour that the clock repeats is understood only if
 * its rows follow each other from the row before it to the row after it. Single-threaded.
 */
final class Periods {
  private static final long NONE = Long.MIN_VALUE;

  private final Stamps stamps;
  private final boolean intervals;
  private final long stepMillis;
  private final long latestMillis;
  private long lastEnd = NONE;
  private long missing;
  private long next;
  private boolean nextRepeated;
  private long repeatedFrom;
  private long endBeforeRepeated;
  private long missingBeforeRepeated;

  /**
   * @param latest no period may end later
   */
  Periods(HistoryForm form, Instant latest) {
    this.stamps = new Stamps(form);
    this.intervals = form.values() == HistoryForm.Values.INTERVALS;
    this.stepMillis = form.step().toMillis();
    this.latestMillis = latest.toEpochMilli();
  }

  /** Says whether the rows of the repeated hour before this stamp do not lead up to it. */
  boolean leavesHourUnfilled(String stamp) {
    List<Instant> ends = stamps.ends(stamp);
    return repeatedFrom > 0 && ends.size() == 1 && ends.getFirst().toEpochMilli() != expected();
  }

  /** Judges a row's stamp; returns why it is refused, empty if it is not. Changes nothing. */
  String judge(String stamp) {
    List<Instant> ends = stamps.ends(stamp);
    if (ends.isEmpty()) {
      return stamps.whyNot(stamp);
    }
    nextRepeated = ends.size() > 1;
    if (nextRepeated) {
      Instant expected = Instant.ofEpochMilli(expected());
      if (lastEnd == NONE || stepMillis == 0 || !ends.contains(expected)) {
        return "has the time '%s', which is %s or %s: the rows before do not tell"
            .formatted(stamp, ends.getFirst(), ends.getLast());
      }
      next = expected();
    } else {
      long seconds = ends.getFirst().getEpochSecond();
      if (seconds < 0 || seconds > latestMillis / 1_000 + 1) {
        return "is of " + ends.getFirst() + ", which cannot be the past of this plant";
      }
      next = ends.getFirst().toEpochMilli();
    }
    return inOrder();
  }

  private String inOrder() {
    if (next > latestMillis) {
      return "ends at " + Instant.ofEpochMilli(next) + ", which lies in the future";
    }
    if (lastEnd == NONE) {
      return "";
    }
    if (next == lastEnd) {
      return "repeats the time of the row before, " + Instant.ofEpochMilli(next);
    }
    if (next < lastEnd) {
      return "goes back in time, from "
          + Instant.ofEpochMilli(lastEnd)
          + " to "
          + Instant.ofEpochMilli(next);
    }
    if (intervals && (next - lastEnd) % stepMillis != 0) {
      return "ends at %s, which is no whole number of periods after the row before, %s"
          .formatted(Instant.ofEpochMilli(next), Instant.ofEpochMilli(lastEnd));
    }
    return "";
  }

  /** Takes the row that was judged last. */
  void take(long row) {
    if (nextRepeated && repeatedFrom == 0) {
      repeatedFrom = row;
      endBeforeRepeated = lastEnd;
      missingBeforeRepeated = missing;
    } else if (!nextRepeated) {
      repeatedFrom = 0;
    }
    if (lastEnd != NONE && stepMillis > 0) {
      missing += Math.max(0, (next - lastEnd) / stepMillis - 1);
    }
    lastEnd = next;
  }

  /** Goes back to where the rows were before the repeated hour. */
  void forgetRepeated() {
    lastEnd = endBeforeRepeated;
    missing = missingBeforeRepeated;
    repeatedFrom = 0;
  }

  /** Returns the first row of the repeated hour that the row taken last stands in, or 0. */
  long repeatedFrom() {
    return repeatedFrom;
  }

  /** Returns the end of the row taken last, ms since 1970 UTC. */
  long endMillis() {
    return lastEnd;
  }

  /** Returns how many periods between the first and the last row have no row. */
  long missing() {
    return missing;
  }

  private long expected() {
    return lastEnd + stepMillis;
  }
}
