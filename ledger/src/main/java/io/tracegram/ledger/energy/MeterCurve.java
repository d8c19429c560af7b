package io.tracegram.ledger.energy;

import io.tracegram.ledger.quantity.Energy;
import java.util.List;
import java.util.OptionalLong;

/**
 * One cumulative register as a rising integer curve V(T), whatever the order of its readings.
 *
 * <p>All readings are kept by time until they are thinned, and each has its verdict from those
 * before it in time, never from the order of arrival. What came later in time than a reading is
 * only asked where that reading does not follow: it is held, and then spurious or the begin of a
 * new epoch. So two curves with the same readings, declarations and estimates are equal, but for:
 *
 * <ul>
 *   <li>two values for one time, or two declarations for one: the first to come stands; of equal
 *       readings the first one's resolution and origin;
 *   <li>estimates that overlap, or that came when readings knew better;
 *   <li>readings that come after {@link #thinBefore} or {@link #forgetBefore} for a time before it:
 *       verdicts there stand. One that fits between two readings that enclose a level that is kept,
 *       or into a stretch whose energy is unknown, still counts as if it had come in order; others
 *       have no effect. A declaration counts unless readings were dropped between its neighbours.
 * </ul>
 *
 * <p>Levels compare with levels of the same moment only: what resolves a reset lifts all that comes
 * after it, whose slices do not change. {@link #changedFrom} and {@link #changedTo} say which
 * slices may have changed. Nothing overflows within {@link Limits}; what is outside is refused.
 * Single-threaded.
 */
public final class MeterCurve {
  private final Limits limits;
  private final Samples samples;
  private final Discontinuities discontinuities;
  private final Judgement judgement;
  private final Archive archive;
  private final Course course;
  private final Estimates estimates;
  private final Changes changes;
  private boolean forgotten;

  /**
   * All of a curve.
   *
   * @param samples readings in rows of five numbers, see {@link Samples#rows}
   */
  public record State(
      Limits limits,
      List<Long> samples,
      List<Discontinuity> discontinuities,
      List<Estimate> estimates,
      int frozen,
      long thinFrom,
      boolean forgotten,
      long changedFrom,
      long changedTo) {}

  /** Starts an empty curve. */
  public MeterCurve(Limits limits) {
    this(
        new State(
            limits, List.of(), List.of(), List.of(), -1, 0, false, Long.MAX_VALUE, Long.MIN_VALUE));
  }

  /** Goes on where a curve was when its state was taken. */
  public MeterCurve(State state) {
    limits = state.limits;
    samples = Samples.of(state.samples);
    discontinuities = new Discontinuities(state.discontinuities);
    Succession succession = new Succession(limits, samples, discontinuities);
    judgement = new Judgement(samples, succession);
    archive = new Archive(samples, succession, judgement, state.frozen, state.thinFrom);
    course = new Course(limits, samples, succession, judgement);
    estimates = new Estimates(state.estimates);
    changes = new Changes(state.changedFrom, state.changedTo);
    forgotten = state.forgotten;
  }

  /**
   * Goes on where a curve of edition 1 was: the same levels, and what came before its newest
   * reading stands. Edition 1 kept no marks of resets, so these stay level and known.
   */
  public static MeterCurve from(RegisterCurve.State state, Limits limits) {
    return Takeover.of(state, limits);
  }

  /** Returns this curve for a meter of other limits; verdicts that were given stand. */
  public MeterCurve within(Limits others) {
    if (others.equals(limits)) {
      return this;
    }
    State now = state();
    return new MeterCurve(
        new State(
            others,
            now.samples,
            now.discontinuities,
            now.estimates,
            now.frozen,
            now.thinFrom,
            now.forgotten,
            now.changedFrom,
            now.changedTo));
  }

  /** Returns a copy of all of this curve. */
  public State state() {
    return new State(
        limits,
        samples.rows(),
        discontinuities.all(),
        estimates.all(),
        archive.frozen(),
        archive.thinFrom(),
        forgotten,
        changes.from(),
        changes.to());
  }

  /**
   * Adds a reading.
   *
   * @param millis when it was measured, UTC
   * @param value the register in mWh
   * @param resolution step of the register at this value in mWh, ≥ 0
   */
  public SampleOutcome add(long millis, long value, long resolution, Origin origin) {
    if (!Limits.isTime(millis) || !limits.shows(value) || resolution < 0) {
      return SampleOutcome.IMPOSSIBLE;
    }
    int flag = origin == Origin.IMPORTED ? Samples.FROM_IMPORT : 0;
    int size = samples.size();
    if (size > 0 && millis <= samples.time(size - 1)) {
      return addLate(millis, value, resolution, flag);
    }
    int last = judgement.last();
    samples.append(millis, value, resolution, flag);
    SampleOutcome outcome = judgement.judge(size);
    if (last >= 0 && outcome != SampleOutcome.HELD) {
      changes.mark(samples.time(last), millis);
      estimates.widen(changes);
    }
    return outcome;
  }

  private SampleOutcome addLate(long millis, long value, long resolution, int flag) {
    int index = samples.firstAfter(millis);
    if (index > 0 && samples.time(index - 1) == millis) {
      return samples.value(index - 1) == value ? SampleOutcome.DUPLICATE : SampleOutcome.CONFLICT;
    }
    if (index == 0 && forgotten) {
      return SampleOutcome.TOO_LATE;
    }
    samples.insert(index, millis, value, resolution, flag);
    SampleOutcome outcome;
    if (archive.holds(index)) {
      outcome = archive.insert(index, changes);
    } else {
      judgement.inserted(index);
      judgement.rejudge(index, true, changes);
      boolean on = samples.is(index, Samples.ON_CURVE);
      outcome = on ? SampleOutcome.INSERTED : SampleOutcome.HELD;
    }
    estimates.widen(changes);
    return outcome;
  }

  /**
   * Notes a declared reset or replacement, before or after the readings around it: RESET_DECLARED,
   * DUPLICATE, CONFLICT, IMPOSSIBLE, or without effect TOO_LATE or REDUNDANT. One that does not
   * explain the readings around it is as if it were not there.
   */
  public SampleOutcome declare(Discontinuity declared) {
    long millis = declared.millis();
    if (!Limits.isTime(millis) || !isRegister(declared)) {
      return SampleOutcome.IMPOSSIBLE;
    }
    int index = samples.firstAfter(millis - 1);
    if (index == 0 && forgotten) {
      return SampleOutcome.TOO_LATE;
    }
    SampleOutcome outcome = discontinuities.add(declared);
    if (outcome != SampleOutcome.RESET_DECLARED || index == 0 || index == samples.size()) {
      return outcome;
    }
    if (!archive.holds(index)) {
      judgement.rejudge(index, false, changes);
    } else if (!archive.declare(index, changes)) {
      discontinuities.remove(declared);
      return SampleOutcome.REDUNDANT;
    }
    estimates.widen(changes);
    return outcome;
  }

  private static boolean isRegister(Discontinuity declared) {
    return Math.min(declared.finalValue(), declared.initialValue()) >= 0
        && Math.max(declared.finalValue(), declared.initialValue()) <= Limits.MOST_VALUE;
  }

  /** Takes a declaration back; false if it is not there or its time was thinned: then it stands. */
  public boolean withdraw(Discontinuity declared) {
    int index = samples.firstAfter(declared.millis() - 1);
    if ((index < samples.size() && archive.holds(index)) || !discontinuities.remove(declared)) {
      return false;
    }
    if (index > 0 && index < samples.size()) {
      judgement.rejudge(index, false, changes);
      estimates.widen(changes);
    }
    return true;
  }

  /**
   * Fills a missing stretch: ACCEPTED, DUPLICATE, CONFLICT with another that counts, REDUNDANT if
   * readings know any of it, TOO_LATE, or IMPOSSIBLE if it is more than the meter can count.
   */
  public SampleOutcome estimate(Estimate estimate) {
    long from = estimate.from();
    long to = estimate.to();
    if (!Limits.isTime(from) || !Limits.isTime(to) || from >= to) {
      return SampleOutcome.IMPOSSIBLE;
    }
    if (estimate.milliwattHours() < 0 || estimate.milliwattHours() > limits.most(to - from)) {
      return SampleOutcome.IMPOSSIBLE;
    }
    if (forgotten && from < samples.time(0)) {
      return SampleOutcome.TOO_LATE;
    }
    SampleOutcome outcome = estimates.add(estimate, course);
    if (outcome == SampleOutcome.ACCEPTED) {
      changes.mark(from, to);
      estimates.widen(changes);
    }
    return outcome;
  }

  /**
   * Returns V(T) in mWh, estimates left out: floor of the line between the neighbours, level before
   * the first and after the last reading; 0 for an empty curve.
   */
  public long level(long millis) {
    return course.level(millis);
  }

  /** Returns energy and quality of [from, to), both in [0, 2^43), from &lt; to. */
  public Slice slice(long from, long to) {
    if (!Limits.isTime(from) || !Limits.isTime(to) || from >= to) {
      throw new IllegalArgumentException("no stretch of time: [" + from + ", " + to + ")");
    }
    Tally tally = new Tally();
    course.count(from, to, tally);
    estimates.count(from, to, course, tally);
    return tally.slice();
  }

  /** Returns the begin of the time outside which no slice changed since {@link #changesSeen}. */
  public long changedFrom() {
    return changes.from();
  }

  /** Returns the end of that time; not after its begin if nothing changed. */
  public long changedTo() {
    return changes.to();
  }

  /** Begins to note changes anew. */
  public void changesSeen() {
    changes.seen();
  }

  /** Returns the time of the newest reading on the curve. */
  public OptionalLong newestMillis() {
    int last = judgement.last();
    return last < 0 ? OptionalLong.empty() : OptionalLong.of(samples.time(last));
  }

  /** Returns the time of the newest reading if it is held. */
  public OptionalLong heldMillis() {
    int held = judgement.held();
    return held < 0 ? OptionalLong.empty() : OptionalLong.of(samples.time(held));
  }

  /** Returns the newest register value on the curve, 0 before there is one. */
  public Energy register() {
    int last = judgement.last();
    return new Energy(last < 0 ? 0 : samples.value(last));
  }

  /**
   * Drops readings up to a time that matter to no level at a whole quarter of an hour or extra cut.
   * These levels and the slices between them stay exact, also after late readings.
   *
   * @param extraCuts ascending; those up to {@code millis} must be there when it is first passed
   */
  public void thinBefore(long millis, long[] extraCuts) {
    archive.thin(millis, extraCuts);
  }

  /** Forgets what lies before a time that will not be asked for again. */
  public void forgetBefore(long millis) {
    estimates.forgetBefore(millis, course);
    if (archive.forget(millis)) {
      forgotten = true;
      discontinuities.forgetUpTo(samples.time(0));
    }
  }

  /** Returns how many readings are kept. */
  public int size() {
    return samples.size();
  }
}
