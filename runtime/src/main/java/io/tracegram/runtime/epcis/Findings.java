package io.tracegram.runtime.epcis;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with one event or document so far, the first {@value #MOST}; single-threaded. */
final class Findings {
  static final int MOST = 20;

  private final List<Fault> faults = new ArrayList<>();

  void add(Place place, String reason) {
    if (!isFull()) {
      faults.add(new Fault(place.pointer(), reason));
    }
  }

  boolean isFull() {
    return faults.size() >= MOST;
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  List<Fault> all() {
    return List.copyOf(faults);
  }
}
