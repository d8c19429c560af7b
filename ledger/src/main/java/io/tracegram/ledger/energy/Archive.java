package io.tracegram.ledger.energy;

import java.util.Arrays;

/**
 * The old readings of a curve, whose verdicts stand and of which some were dropped.
 *
 * <p>All readings up to the index {@code frozen} are on the curve. Single-threaded.
 */
final class Archive {
  private static final long QUARTER = 900_000L;

  private final Samples samples;
  private final Succession succession;
  private final Judgement judgement;
  private int frozen;
  private long thinFrom;

  /**
   * @param frozen index of the newest reading whose verdict stands, -1 for none
   * @param thinFrom time of a reading up to which all is thinned, 0 for none
   */
  Archive(Samples samples, Succession succession, Judgement judgement, int frozen, long thinFrom) {
    this.samples = samples;
    this.succession = succession;
    this.judgement = judgement;
    this.frozen = frozen;
    this.thinFrom = thinFrom;
  }

  int frozen() {
    return frozen;
  }

  long thinFrom() {
    return thinFrom;
  }

  boolean holds(int index) {
    return index <= frozen;
  }

  /**
   * Decides about a late reading that was put into its place: INSERTED if it fits between its
   * neighbours, else REDUNDANT, and taken out again.
   */
  SampleOutcome insert(int index, Changes changes) {
    judgement.inserted(index);
    frozen++;
    int next = index + 1;
    if (!fits(index)) {
      samples.remove(index, next);
      frozen--;
      judgement.shift(-1);
      return SampleOutcome.REDUNDANT;
    }
    int before = Math.max(0, index - 1);
    thinFrom = Math.min(thinFrom, samples.time(before));
    changes.mark(samples.time(before), samples.time(next));
    return SampleOutcome.INSERTED;
  }

  private boolean fits(int index) {
    int next = index + 1;
    long counted = succession.counted(index, next);
    if (index == 0) {
      samples.place(0, samples.value(0), Samples.JOINED);
      return counted >= 0 && move(next, samples.level(0) + counted, succession.known(0, next));
    }
    int before = index - 1;
    boolean open = samples.is(next, Samples.RESET);
    long countedBefore = succession.counted(before, index);
    boolean follows = countedBefore >= 0;
    boolean isFollowed = counted >= 0;
    if (samples.is(next, Samples.THINNED)
        || !(open ? follows || isFollowed : follows && isFollowed)) {
      return false;
    }
    samples.place(
        index,
        samples.level(before) + Math.max(0, countedBefore),
        segment(before, index, countedBefore));
    return move(next, samples.level(index) + Math.max(0, counted), segment(index, next, counted));
  }

  private int segment(int a, int b, long counted) {
    return counted < 0 ? succession.unknown(a, b) : succession.known(a, b);
  }

  /** Sets a place on the curve and moves the rest of it along. */
  private boolean move(int index, long level, int verdict) {
    long by = level - samples.level(index);
    samples.place(index, level, verdict);
    samples.lift(index + 1, by);
    return true;
  }

  /** Applies a declaration between a reading and the one before it; says whether it can. */
  boolean declare(int index, Changes changes) {
    if (samples.is(index, Samples.THINNED)) {
      return false;
    }
    long counted = succession.counted(index - 1, index);
    if (counted >= 0) {
      move(index, samples.level(index - 1) + counted, succession.known(index - 1, index));
      changes.mark(samples.time(index - 1), samples.time(index));
    }
    return true;
  }

  /** Drops what no level at a quarter of an hour or cut (ascending) up to a time needs. */
  void thin(long millis, long[] cuts) {
    int newest = Math.max(frozen, newestOn(millis));
    if (newest < 1) {
      return;
    }
    int end = Math.max(1, samples.firstAfter(thinFrom));
    long before = samples.time(end - 1);
    boolean dropped = false;
    for (int i = end; i < newest; i++) {
      if (!samples.is(i, Samples.ON_CURVE)) {
        continue;
      }
      long time = samples.time(i);
      if (matters(before, i, cuts)) {
        samples.copy(i, end);
        samples.mark(end, dropped ? Samples.THINNED : 0);
        thinFrom = time;
        end++;
        dropped = false;
      } else {
        dropped = true;
      }
      before = time;
    }
    samples.mark(newest, dropped ? Samples.THINNED : 0);
    if (end < newest) {
      samples.remove(end, newest);
      judgement.shift(end - newest);
    }
    frozen = Math.min(end, newest);
  }

  /** Drops all before the newest reading up to a time; says whether that was any. */
  boolean forget(long millis) {
    int first = newestOn(millis);
    if (first < 1) {
      return false;
    }
    samples.place(first, samples.level(first), Samples.JOINED);
    samples.remove(0, first);
    judgement.shift(-first);
    frozen = Math.max(frozen - first, 0);
    thinFrom = Math.max(thinFrom, samples.time(0));
    return true;
  }

  private boolean matters(long before, int index, long[] cuts) {
    int next = index + 1;
    while (!samples.is(next, Samples.ON_CURVE)) {
      next++;
    }
    int segments = samples.flags(index) ^ samples.flags(next);
    boolean open = samples.is(index, Samples.RESET) || samples.is(next, Samples.RESET);
    return open
        || (segments & (Samples.INTERPOLATED | Samples.IMPORTED)) != 0
        || isAskedFor(before + 1, samples.time(next) - 1, cuts);
  }

  /** Says whether a whole quarter of an hour or a cut lies in [from, to]. */
  private static boolean isAskedFor(long from, long to, long[] cuts) {
    if (to - to % QUARTER >= from) {
      return true;
    }
    int found = Arrays.binarySearch(cuts, from);
    int first = found < 0 ? -found - 1 : found;
    return first < cuts.length && cuts[first] <= to;
  }

  private int newestOn(long millis) {
    int index = samples.firstAfter(millis) - 1;
    while (index >= 0 && !samples.is(index, Samples.JOINED)) {
      index--;
    }
    return index;
  }
}
