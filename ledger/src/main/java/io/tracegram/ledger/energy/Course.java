package io.tracegram.ledger.energy;

/** The curve through the readings that are on it. Single-threaded. */
final class Course {
  private final Limits limits;
  private final Samples samples;
  private final Succession succession;
  private final Judgement judgement;

  Course(Limits limits, Samples samples, Succession succession, Judgement judgement) {
    this.limits = limits;
    this.samples = samples;
    this.succession = succession;
    this.judgement = judgement;
  }

  long level(long millis) {
    int last = judgement.last();
    if (last < 0) {
      return 0;
    }
    int after = samples.firstAfter(millis);
    if (after == 0) {
      return samples.level(0);
    }
    int a = onAt(after - 1);
    return a >= last ? samples.level(last) : levelAt(a, next(a), millis);
  }

  /** Says whether no energy of any part of [from, to) is known. */
  boolean isMissing(long from, long to) {
    int last = judgement.last();
    int a = Math.max(0, onAt(samples.firstAfter(from) - 1));
    while (a < last && samples.time(a) < to) {
      int b = next(a);
      if (!samples.is(b, Samples.RESET)) {
        return false;
      }
      a = b;
    }
    return true;
  }

  /** Adds the energies of [from, to) to a tally. */
  void count(long from, long to, Tally tally) {
    int last = judgement.last();
    if (last < 0) {
      tally.unknown(limits.most(to) - limits.most(from), to - from);
      return;
    }
    long begin = samples.time(0);
    if (from < begin) {
      long end = Math.min(begin, to);
      tally.unknown(limits.most(end) - limits.most(from), end - from);
    }
    int a = Math.max(0, onAt(samples.firstAfter(from) - 1));
    while (a < last && samples.time(a) < to) {
      int b = next(a);
      countSegment(a, b, from, to, tally);
      a = b;
    }
    long newest = samples.time(last);
    if (to > newest) {
      long start = Math.max(from, newest);
      tally.unknown(limits.most(to - newest) - limits.most(start - newest), to - start);
    }
  }

  private void countSegment(int a, int b, long from, long to, Tally tally) {
    long start = Math.max(from, samples.time(a));
    long end = Math.min(to, samples.time(b));
    if (samples.is(b, Samples.RESET)) {
      long cap = succession.cap(a, b);
      long span = samples.time(b) - samples.time(a);
      long upTo =
          Exact.share(cap, end - samples.time(a), span)
              - Exact.share(cap, start - samples.time(a), span);
      tally.unknown(upTo, end - start);
    } else {
      tally.known(
          levelAt(a, b, end) - levelAt(a, b, start),
          end - start,
          samples.is(b, Samples.INTERPOLATED),
          samples.is(b, Samples.IMPORTED));
    }
  }

  private long levelAt(int a, int b, long millis) {
    long since = samples.time(a);
    long level = samples.level(a);
    return level + Exact.share(samples.level(b) - level, millis - since, samples.time(b) - since);
  }

  /** Returns the reading on the curve at or before an index, -1 for none. */
  private int onAt(int index) {
    int on = index;
    while (on >= 0 && !samples.is(on, Samples.ON_CURVE)) {
      on--;
    }
    return on;
  }

  private int next(int index) {
    int on = index + 1;
    while (!samples.is(on, Samples.ON_CURVE)) {
      on++;
    }
    return on;
  }
}
