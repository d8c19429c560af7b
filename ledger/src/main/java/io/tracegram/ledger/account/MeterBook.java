package io.tracegram.ledger.account;

import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.plant.PlantModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What is known of the plant's meters beside their curves. Single-threaded. */
final class MeterBook {
  private final Map<String, Long> power;
  private final Map<String, String> bad;
  private final Map<String, Long> counts;
  private final Map<String, Long> leaves;

  /**
   * All of it; not copied.
   *
   * @param counts readings by meter; every known meter has an entry
   */
  record State(
      Map<String, Long> power,
      Map<String, String> bad,
      Map<String, Long> counts,
      Map<String, Long> leaves) {}

  MeterBook(State state) {
    this.power = state.power;
    this.bad = state.bad;
    this.counts = state.counts;
    this.leaves = state.leaves;
  }

  MeterBook() {
    this(
        new State(
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>()));
  }

  State state() {
    return new State(power, bad, counts, leaves);
  }

  void plan(PlantModel plant) {
    plant.meters().forEach(meter -> counts.putIfAbsent(meter.id(), 0L));
  }

  boolean knows(String meter) {
    return counts.containsKey(meter);
  }

  /** Notes that a known meter was read. */
  void read(Series series, long leaf) {
    leaves.put(series.meter(), leaf);
    bad.remove(series.meter());
    if (series.register() == Register.POWER) {
      power.put(series.meter(), series.readings().getLast().value());
    } else if (series.register() == Register.ENERGY_IMPORT) {
      counts.merge(series.meter(), (long) series.readings().size(), Math::addExact);
    }
  }

  void bad(String meter, String reason) {
    if (knows(meter)) {
      bad.put(meter, reason);
    }
  }

  void good(String meter) {
    bad.remove(meter);
  }

  boolean isBad(String meter) {
    return bad.containsKey(meter);
  }

  /** Returns a meter's state, of whose register the caller knows more. */
  MeterState state(PlantModel.Meter meter, EnergyRules.Newest newest) {
    Long watts = power.get(meter.id());
    return new MeterState(
        meter,
        newest.millis(),
        newest.register(),
        watts == null ? OptionalLong.empty() : OptionalLong.of(watts),
        bad.getOrDefault(meter.id(), ""),
        counts.getOrDefault(meter.id(), 0L),
        leaves.getOrDefault(meter.id(), -1L));
  }
}
