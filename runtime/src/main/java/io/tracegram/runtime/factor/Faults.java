package io.tracegram.runtime.factor;

import io.tracegram.runtime.factor.IntensityReading.Fault;
import io.tracegram.runtime.factor.IntensityReading.Refused;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file, up to a bound. Single-threaded. */
final class Faults {
  private static final int MAX_FAULTS = 20;

  private final List<Fault> faults = new ArrayList<>();

  void add(long line, String reason) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(new Fault(line, reason));
    }
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  /** Says whether more would not be listed, so that reading on is of no use. */
  boolean isFull() {
    return faults.size() >= MAX_FAULTS;
  }

  /** Returns them as they were found. */
  List<Fault> list() {
    return List.copyOf(faults);
  }

  Refused refused() {
    return new Refused(faults);
  }

  static Refused refused(long line, String reason) {
    return new Refused(List.of(new Fault(line, reason)));
  }
}
