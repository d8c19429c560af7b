package io.tracegram.runtime.json;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with one event or document so far, the first {@value #MOST}; single-threaded. */
public final class Findings {
  public static final int MOST = 20;

  private final List<Fault> faults = new ArrayList<>();

  public void add(Place place, String reason) {
    if (!isFull()) {
      faults.add(new Fault(place.pointer(), reason));
    }
  }

  public boolean isFull() {
    return faults.size() >= MOST;
  }

  public boolean isEmpty() {
    return faults.isEmpty();
  }

  public List<Fault> all() {
    return List.copyOf(faults);
  }
}
