package io.tracegram.ledger.energy;

import java.util.ArrayList;
import java.util.List;

/** The declared resets and replacements of one register by time. Single-threaded. */
final class Discontinuities {
  private final List<Discontinuity> byTime;
  private long newest;

  Discontinuities(List<Discontinuity> byTime) {
    this.byTime = new ArrayList<>(byTime);
    this.newest = byTime.isEmpty() ? -1 : byTime.getLast().millis();
  }

  List<Discontinuity> all() {
    return List.copyOf(byTime);
  }

  /** Adds one: RESET_DECLARED, DUPLICATE or CONFLICT. */
  SampleOutcome add(Discontinuity declared) {
    int index = firstAfter(declared.millis());
    if (index > 0 && byTime.get(index - 1).millis() == declared.millis()) {
      return byTime.get(index - 1).equals(declared)
          ? SampleOutcome.DUPLICATE
          : SampleOutcome.CONFLICT;
    }
    byTime.add(index, declared);
    newest = byTime.getLast().millis();
    return SampleOutcome.RESET_DECLARED;
  }

  boolean remove(Discontinuity declared) {
    boolean removed = byTime.remove(declared);
    newest = byTime.isEmpty() ? -1 : byTime.getLast().millis();
    return removed;
  }

  /** Forgets those that lie between no readings after this one's time. */
  void forgetUpTo(long millis) {
    byTime.subList(0, firstAfter(millis)).clear();
    newest = byTime.isEmpty() ? -1 : byTime.getLast().millis();
  }

  /** Says whether any lies in (from, to]. */
  boolean anyIn(long from, long to) {
    if (newest <= from) {
      return false;
    }
    return byTime.get(firstAfter(from)).millis() <= to;
  }

  /**
   * Returns what was counted from one reading to another across all in between, or -1 if they do
   * not explain it.
   *
   * @param cap the most that can be counted, ≥ 0
   */
  long counted(long from, long value, long to, long next, long cap) {
    long register = value;
    long counted = 0;
    for (int i = firstAfter(from); i < byTime.size() && byTime.get(i).millis() <= to; i++) {
      Discontinuity between = byTime.get(i);
      long part = between.finalValue() - register;
      if (part < 0 || part > cap - counted) {
        return -1;
      }
      counted += part;
      register = between.initialValue();
    }
    long part = next - register;
    return part < 0 || part > cap - counted ? -1 : counted + part;
  }

  private int firstAfter(long millis) {
    int low = 0;
    int high = byTime.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (byTime.get(middle).millis() <= millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
