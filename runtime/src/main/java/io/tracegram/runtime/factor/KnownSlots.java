package io.tracegram.runtime.factor;

import io.tracegram.ledger.emission.IntensitySeries.Slot;
import java.util.List;
import java.util.TreeMap;

/** The slots that were handed over already, the newest up to a bound. Single-threaded. */
final class KnownSlots {
  private static final int MAX_SLOTS = 100_000;

  private final TreeMap<Long, Slot> slots = new TreeMap<>();

  /** Returns those that are new, or say something else than before. */
  List<Slot> changed(List<Slot> read) {
    long oldest = slots.size() < MAX_SLOTS ? Long.MIN_VALUE : slots.firstKey();
    return read.stream()
        .filter(slot -> slot.startMillis() >= oldest)
        .filter(slot -> !slot.equals(slots.get(slot.startMillis())))
        .toList();
  }

  void add(List<Slot> added) {
    for (Slot slot : added) {
      slots.put(slot.startMillis(), slot);
    }
    while (slots.size() > MAX_SLOTS) {
      slots.pollFirstEntry();
    }
  }
}
