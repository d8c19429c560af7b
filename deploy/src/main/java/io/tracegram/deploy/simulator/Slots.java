package io.tracegram.deploy.simulator;

import java.time.Instant;
import java.util.List;

/**
 * Energy by consecutive quarter-hours. Immutable.
 *
 * @param start of the first slot
 * @param wattHours of each slot, Wh, ≥ 0
 */
record Slots(Instant start, List<Long> wattHours) {
  static final long SLOT_MILLIS = 900_000;

  Slots {
    wattHours = List.copyOf(wattHours);
  }

  Instant end() {
    return start.plusMillis(Math.multiplyExact(SLOT_MILLIS, wattHours.size()));
  }
}
