package io.tracegram.ledger.emission;

import io.tracegram.ledger.quantity.Energy;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Energy by the start of each UTC hour. Stateless. */
public final class HourlyEnergy {
  private HourlyEnergy() {}

  /** Sums the energy of shorter intervals, each by its start, to the hours that hold them. */
  public static SortedMap<Long, Energy> ofIntervals(SortedMap<Long, Energy> byStart) {
    SortedMap<Long, Energy> hours = new TreeMap<>();
    byStart.forEach(
        (start, energy) ->
            hours.merge(start - Math.floorMod(start, Instrument.HOUR), energy, Energy::plus));
    return hours;
  }

  static SortedMap<Long, Energy> checked(SortedMap<Long, Energy> hours) {
    hours.forEach(
        (start, energy) -> {
          if (Math.floorMod(start, Instrument.HOUR) != 0 || energy.milliwattHours() < 0) {
            throw new IllegalArgumentException("generation is by whole hours and not negative");
          }
        });
    return Collections.unmodifiableSortedMap(new TreeMap<>(hours));
  }
}
