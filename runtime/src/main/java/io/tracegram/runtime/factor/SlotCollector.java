package io.tracegram.runtime.factor;

import io.tracegram.ledger.emission.IntensitySeries.Slot;
import io.tracegram.runtime.factor.IntensityReading.Read;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Orders slots as they are read, and tells their step. Single-threaded. */
final class SlotCollector {
  private static final int MAX_SLOTS = 500_000;
  private static final List<Long> STEPS =
      List.of(
          Duration.ofMinutes(15).toMillis(),
          Duration.ofMinutes(30).toMillis(),
          Duration.ofHours(1).toMillis());

  private final Faults faults;
  private final OptionalLong declaredStep;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();
  private long last = Long.MIN_VALUE;
  private long lastLine;
  private long shortest = Long.MAX_VALUE;

  /**
   * @param declaredStep length of every slot, if the shape has only one
   */
  SlotCollector(Faults faults, OptionalLong declaredStep) {
    this.faults = faults;
    this.declaredStep = declaredStep;
  }

  /**
   * Takes the next slot.
   *
   * @throws IllegalArgumentException if it cannot follow those before it
   */
  void add(long line, Slot slot) {
    follow(line, slot.startMillis());
    if (slots.size() == MAX_SLOTS) {
      throw new IllegalArgumentException(
          "there are more than " + MAX_SLOTS + " slots: split the file");
    }
    slots.add(slot);
    lines.add(line);
  }

  /**
   * Notes a slot whose value the publisher does not know.
   *
   * @throws IllegalArgumentException if it cannot follow those before it
   */
  void addUnknown(long line, long startMillis) {
    follow(line, startMillis);
  }

  private void follow(long line, long start) {
    if (start == last) {
      throw new IllegalArgumentException(
          "slot " + time(start) + " is there twice, first in line " + lastLine);
    }
    if (start < last) {
      throw new IllegalArgumentException(
          "slot " + time(start) + " comes after " + time(last) + ": sort by time");
    }
    if (last != Long.MIN_VALUE) {
      shortest = Math.min(shortest, start - last);
    }
    last = start;
    lastLine = line;
  }

  /**
   * Returns the slots, or the refusal if anything was or is wrong.
   *
   * @param otherwise step of a single slot, where one is usual
   */
  IntensityReading finish(
      OptionalLong otherwise, Optional<String> boundary, Optional<String> zone) {
    if (faults.isEmpty() && slots.isEmpty()) {
      faults.add(1, "there is no slot in it");
    }
    if (!faults.isEmpty()) {
      return faults.refused();
    }
    long step = step(otherwise);
    if (!STEPS.contains(step)) {
      String found =
          shortest == Long.MAX_VALUE
              ? "there is only one slot"
              : "the nearest two slots are " + shortest / 60_000 + " min apart";
      return Faults.refused(
          lines.getFirst(), "no step can be told: " + found + "; it must be 15, 30 or 60 min");
    }
    for (int i = 0; i < slots.size(); i++) {
      long start = slots.get(i).startMillis();
      if (Math.floorMod(start, step) != 0) {
        faults.add(
            lines.get(i),
            "slot " + time(start) + " is not on the grid of " + step / 60_000 + " min");
      }
    }
    if (!faults.isEmpty()) {
      return faults.refused();
    }
    long span = slots.getLast().startMillis() - slots.getFirst().startMillis();
    return new Read(step, slots, span / step + 1 - slots.size(), boundary, zone);
  }

  private long step(OptionalLong otherwise) {
    if (declaredStep.isPresent()) {
      return declaredStep.getAsLong();
    }
    return shortest == Long.MAX_VALUE ? otherwise.orElse(0) : shortest;
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
