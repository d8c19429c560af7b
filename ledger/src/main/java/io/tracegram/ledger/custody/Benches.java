package io.tracegram.ledger.custody;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the floor with cards remembers beside the lots and orders. Single-threaded. */
final class Benches {
  static final long HOUR = 3_600_000L;
  private static final long PARKED_MILLIS = 12 * HOUR;
  private static final int MOST_TAKEN = 16;
  private static final int MOST_SIGHTINGS = 256;

  private final Map<String, Bench> benches;
  private final Map<String, List<Parked>> parked;
  private final Map<String, List<Taken>> taken;
  private final Map<String, Long> scanned;
  private final Map<LotId, Sighting> sightings;
  private long plantMillis;

  /** Where and when a lot was last scanned. */
  record Sighting(String station, long millis) {}

  /**
   * All of it; not copied.
   *
   * @param parked outputs by workstation that wait for their inputs
   * @param taken accepted scans by scanner, the last at the end
   * @param scanned latest time by scanner
   * @param plantMillis latest time of a scan or weight
   */
  record State(
      Map<String, Bench> benches,
      Map<String, List<Parked>> parked,
      Map<String, List<Taken>> taken,
      Map<String, Long> scanned,
      Map<LotId, Sighting> sightings,
      long plantMillis) {
    static State empty() {
      return new State(
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          0);
    }
  }

  Benches(State state) {
    benches = state.benches;
    parked = state.parked;
    taken = state.taken;
    scanned = state.scanned;
    sightings = state.sightings;
    plantMillis = state.plantMillis;
  }

  State state() {
    return new State(benches, parked, taken, scanned, sightings, plantMillis);
  }

  Bench at(String station) {
    return benches.getOrDefault(station, Bench.IDLE);
  }

  void put(String station, Bench bench) {
    if (bench.equals(Bench.IDLE)) {
      benches.remove(station);
    } else {
      benches.put(station, bench);
    }
  }

  List<Parked> parked(String station) {
    return List.copyOf(parked.getOrDefault(station, List.of()));
  }

  boolean isParked(LotId lot) {
    return parked.values().stream()
        .flatMap(List::stream)
        .anyMatch(output -> output.step().lot().equals(lot));
  }

  void park(Parked output) {
    parked.computeIfAbsent(output.step().station(), _ -> new ArrayList<>()).add(output);
  }

  void unpark(Parked output) {
    List<Parked> waiting = parked.getOrDefault(output.step().station(), new ArrayList<>());
    waiting.remove(output);
    if (waiting.isEmpty()) {
      parked.remove(output.step().station());
    }
  }

  long plantMillis() {
    return plantMillis;
  }

  /** Plant time goes on; returns the parked outputs that waited too long. */
  List<Parked> reached(long millis) {
    plantMillis = Math.max(plantMillis, millis);
    List<Parked> expired = new ArrayList<>();
    for (List<Parked> outputs : parked.values()) {
      outputs.stream()
          .filter(output -> output.millis() < plantMillis - PARKED_MILLIS)
          .forEach(expired::add);
      outputs.removeIf(output -> output.millis() < plantMillis - PARKED_MILLIS);
    }
    parked.values().removeIf(List::isEmpty);
    return expired;
  }

  /** Notes the time of a scan; returns the later one that this scanner told before, if any. */
  Optional<Long> scannedAfter(Act act) {
    long last = scanned.getOrDefault(act.scanner().id(), Long.MIN_VALUE);
    scanned.put(act.scanner().id(), Math.max(last, act.millis()));
    return last > act.millis() ? Optional.of(last) : Optional.empty();
  }

  /** Notes where a lot is; returns where it was seen before. */
  Optional<Sighting> saw(Step step) {
    Optional<Sighting> before = Optional.ofNullable(sightings.remove(step.lot()));
    sightings.put(step.lot(), new Sighting(step.station(), step.millis()));
    if (sightings.size() > MOST_SIGHTINGS) {
      sightings.remove(sightings.keySet().iterator().next());
    }
    return before;
  }

  void took(Taken scan) {
    List<Taken> all = taken.computeIfAbsent(scan.act().scanner().id(), _ -> new ArrayList<>());
    all.add(scan);
    if (all.size() > MOST_TAKEN) {
      all.removeFirst();
    }
  }

  List<Taken> taken(String scanner) {
    return List.copyOf(taken.getOrDefault(scanner, List.of()));
  }

  /** Forgets an accepted scan. */
  void forget(Act act) {
    taken.computeIfPresent(
        act.scanner().id(),
        (_, all) -> {
          all.removeIf(scan -> scan.act().leaf() == act.leaf());
          return all.isEmpty() ? null : all;
        });
  }
}
