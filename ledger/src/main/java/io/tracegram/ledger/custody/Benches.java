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
  private static final int MOST_WEIGHINGS = 4_096;
  private static final int MOST_TAGS = 4_096;
  private static final long QUIET_MILLIS = 5 * 60_000L;

  private final Map<String, Bench> benches;
  private final Map<String, List<Parked>> parked;
  private final Map<String, List<Taken>> taken;
  private final Map<String, Long> scanned;
  private final Map<LotId, Sighting> sightings;
  private final Map<String, Opened> opened;
  private final Map<LotId, Weighing> weighings;
  private final Map<String, Long> tags;
  private long plantMillis;

  /** Where and when a lot was last scanned. */
  record Sighting(String station, long millis) {}

  /**
   * All of it; not copied.
   *
   * @param parked outputs by workstation that wait for their inputs
   * @param taken accepted scans by scanner, the last at the end
   * @param scanned latest time by scanner
   * @param opened by {@link Act#opens()}
   * @param weighings the last of each new lot, the latest at the end
   * @param tags when each was last seen, by portal and EPC, the latest at the end
   * @param plantMillis latest time of a scan or weight
   */
  record State(
      Map<String, Bench> benches,
      Map<String, List<Parked>> parked,
      Map<String, List<Taken>> taken,
      Map<String, Long> scanned,
      Map<LotId, Sighting> sightings,
      Map<String, Opened> opened,
      Map<LotId, Weighing> weighings,
      Map<String, Long> tags,
      long plantMillis) {
    static State empty() {
      return new State(
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
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
    opened = state.opened;
    weighings = state.weighings;
    tags = state.tags;
    plantMillis = state.plantMillis;
  }

  State state() {
    return new State(
        benches, parked, taken, scanned, sightings, opened, weighings, tags, plantMillis);
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

  Opened opened(String by) {
    return opened.getOrDefault(by, Opened.NOTHING);
  }

  void put(String by, Opened now) {
    if (now.equals(Opened.NOTHING)) {
      opened.remove(by);
    } else {
      opened.put(by, now);
    }
  }

  /** Returns where a unit is being packed. */
  Optional<String> packing(ContainerId unit) {
    return opened.entrySet().stream()
        .filter(open -> open.getValue().unit().equals(Optional.of(unit)))
        .map(open -> open.getKey().substring(open.getKey().indexOf(' ') + 1))
        .findFirst();
  }

  void weighed(LotId lot, Weighing weighing) {
    putLast(weighings, lot, weighing, MOST_WEIGHINGS);
  }

  Optional<Weighing> weighing(LotId lot) {
    return Optional.ofNullable(weighings.get(lot));
  }

  /** Notes that a tag is seen; says whether it was seen there shortly before. */
  boolean seenOfLate(String tag, long millis) {
    Long before = tags.get(tag);
    putLast(tags, tag, before == null ? millis : Math.max(before, millis), MOST_TAGS);
    return before != null && millis - before < QUIET_MILLIS;
  }

  private static <K, V> void putLast(Map<K, V> map, K key, V value, int most) {
    map.remove(key);
    map.put(key, value);
    if (map.size() > most) {
      map.remove(map.keySet().iterator().next());
    }
  }

  /** Returns the workstation at which a lot is being split. */
  Optional<String> splitting(LotId lot) {
    return benches.entrySet().stream()
        .filter(bench -> bench.getValue().mode().flatMap(Bench.Mode::lot).equals(Optional.of(lot)))
        .map(Map.Entry::getKey)
        .findFirst();
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
    putLast(sightings, step.lot(), new Sighting(step.station(), step.millis()), MOST_SIGHTINGS);
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

  /** Forgets what was taken last of a scanner; a portal takes several tags by one leaf. */
  void undone(Taken last) {
    taken.computeIfPresent(
        last.act().scanner().id(),
        (_, all) -> {
          all.removeLast();
          return all.isEmpty() ? null : all;
        });
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
