package io.tracegram.ledger.energy;

/**
 * Gives every reading its verdict from the readings and declarations before it in time.
 *
 * <p>Goes through them as if they had come in order: {@code last} is the newest on the curve,
 * {@code held} the one right before the next if it is not on the curve. So the verdicts follow from
 * the sorted readings alone. Single-threaded.
 */
final class Judgement {
  private static final int NONE = -1;

  private final Samples samples;
  private final Succession succession;
  private int last = NONE;
  private int held = NONE;

  Judgement(Samples samples, Succession succession) {
    this.samples = samples;
    this.succession = succession;
    goBackTo(samples.size());
  }

  /** Returns the index of the newest reading on the curve, -1 if there is none. */
  int last() {
    return last;
  }

  /** Returns the index of the newest reading if it is held, else -1. */
  int held() {
    return held;
  }

  /** Moves all indices after readings were removed or put before what is still judged. */
  void shift(int by) {
    last += by;
    held = held == NONE ? NONE : held + by;
  }

  /** Judges the reading right after those that were judged. */
  SampleOutcome judge(int index) {
    if (last == NONE) {
      samples.place(index, samples.value(index), Samples.JOINED);
      last = index;
      return SampleOutcome.ACCEPTED;
    }
    long counted = succession.counted(last, index);
    if (counted >= 0) {
      samples.place(index, samples.level(last) + counted, succession.known(last, index));
      SampleOutcome means = held == NONE ? succession.means() : SampleOutcome.SPURIOUS_BEFORE;
      last = index;
      held = NONE;
      return means;
    }
    if (held != NONE) {
      counted = succession.counted(held, index);
      if (counted >= 0) {
        long level = samples.level(last);
        samples.place(held, level, succession.unknown(last, held));
        samples.place(index, level + counted, succession.known(held, index));
        last = index;
        held = NONE;
        return SampleOutcome.RESET_UNDECLARED;
      }
    }
    samples.place(index, 0, 0);
    held = index;
    return SampleOutcome.HELD;
  }

  /** Makes room in the verdicts for a reading that was put into its place at this index. */
  void inserted(int index) {
    last += last >= index ? 1 : 0;
    held += held >= index ? 1 : 0;
  }

  /**
   * Judges again from a reading on, until the verdicts agree with the former ones.
   *
   * @param index first reading whose predecessors or declarations changed
   * @param isNew whether it was not there before
   * @param changes told what stretch may have changed
   */
  void rejudge(int index, boolean isNew, Changes changes) {
    int formerLast = last;
    int formerHeld = held;
    goBackTo(index);
    long from = samples.time(Math.max(0, last));
    boolean differs = release();
    boolean sameLast = true;
    for (int i = index; i < samples.size(); i++) {
      int oldFlags = samples.flags(i);
      long oldLevel = samples.level(i);
      judge(i);
      boolean isOn = last == i;
      if (isNew && i == index) {
        differs = differs || isOn;
        sameLast = !isOn;
        continue;
      }
      boolean wasOn = (oldFlags & Samples.JOINED) != 0;
      if (isOn && wasOn) {
        long by = samples.level(i) - oldLevel;
        samples.lift(i + 1, by);
        if (differs || by != 0 || samples.flags(i) != oldFlags) {
          changes.mark(from, samples.time(i));
        }
        goOn(formerLast, formerHeld);
        return;
      }
      sameLast = sameLast && !isOn && !wasOn;
      if (isNew && sameLast) {
        samples.place(i, oldLevel, oldFlags & ~Samples.FROM_IMPORT);
        if (differs) {
          changes.mark(from, samples.time(i));
        }
        goOn(formerLast, formerHeld);
        return;
      }
      differs = differs || isOn != wasOn || (oldFlags & Samples.RESET) != 0;
    }
    if (differs) {
      changes.mark(from, samples.time(Math.max(formerLast, last)));
    }
  }

  /** Takes the held reading off the curve if one that is judged again had put it there. */
  private boolean release() {
    if (held == NONE || !samples.is(held, Samples.RESET)) {
      return false;
    }
    samples.place(held, 0, 0);
    return true;
  }

  private void goOn(int newest, int after) {
    last = newest;
    held = after;
  }

  private void goBackTo(int index) {
    last = index - 1;
    held = NONE;
    if (last >= 0 && !samples.is(last, Samples.JOINED)) {
      held = last;
      do {
        last--;
      } while (!samples.is(last, Samples.JOINED));
    }
  }
}
