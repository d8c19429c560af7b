package io.tracegram.ledger.account;

import io.tracegram.ledger.energy.RegisterCurve;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Energy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The plant's meters: their curves, states and how far they are accounted. Single-threaded. */
final class MeterBook {
  private final Map<String, RegisterCurve> curves = new LinkedHashMap<>();
  private final Map<String, Long> postedLevels;
  private final Map<String, Long> power;
  private final Map<String, String> bad;
  private final Map<String, Long> counts;
  private final Map<String, Long> leaves;

  /** All of it; not copied. */
  record State(
      Map<String, RegisterCurve.State> curves,
      Map<String, Long> postedLevels,
      Map<String, Long> power,
      Map<String, String> bad,
      Map<String, Long> counts,
      Map<String, Long> leaves) {}

  MeterBook(State state) {
    state.curves.forEach((meter, curve) -> curves.put(meter, new RegisterCurve(curve)));
    this.postedLevels = state.postedLevels;
    this.power = state.power;
    this.bad = state.bad;
    this.counts = state.counts;
    this.leaves = state.leaves;
  }

  MeterBook() {
    this(
        new State(
            Map.of(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>()));
  }

  State state() {
    Map<String, RegisterCurve.State> states = new LinkedHashMap<>();
    curves.forEach((meter, curve) -> states.put(meter, curve.state()));
    return new State(states, postedLevels, power, bad, counts, leaves);
  }

  /** Told of every reading that the curve did not simply accept. */
  interface Exceptions {
    void happened(RegisterCurve.Outcome outcome, String meter, Reading reading);
  }

  void plan(PlantModel plant) {
    for (PlantModel.Meter meter : plant.meters()) {
      curves.computeIfAbsent(meter.id(), id -> new RegisterCurve(meter.maxPowerWatts()));
    }
  }

  /** Books a series; says whether the meter is known. */
  boolean book(Series series, long leaf, Exceptions exceptions) {
    RegisterCurve curve = curves.get(series.meter());
    if (curve == null) {
      return false;
    }
    leaves.put(series.meter(), leaf);
    bad.remove(series.meter());
    switch (series.register()) {
      case POWER -> power.put(series.meter(), series.readings().getLast().value());
      case ENERGY_EXPORT -> {
        // taken as evidence; the accounts of export come with on-site generation
      }
      case ENERGY_IMPORT -> {
        counts.merge(series.meter(), (long) series.readings().size(), Math::addExact);
        for (Reading reading : series.readings()) {
          RegisterCurve.Outcome outcome =
              curve.add(reading.measuredMillis(), reading.value(), series.resolution());
          if (outcome != RegisterCurve.Outcome.ACCEPTED
              && outcome != RegisterCurve.Outcome.DUPLICATE) {
            exceptions.happened(outcome, series.meter(), reading);
          }
        }
      }
    }
    return true;
  }

  boolean knows(String meter) {
    return curves.containsKey(meter);
  }

  void bad(String meter, String reason) {
    if (knows(meter)) {
      bad.put(meter, reason);
    }
  }

  void good(String meter) {
    bad.remove(meter);
  }

  /** Returns the time before which every meter's energy is known, a bad meter counting as known. */
  OptionalLong knownThrough(PlantModel plant, long agentMillis) {
    long known = Long.MAX_VALUE;
    for (PlantModel.Meter meter : plant.meters()) {
      RegisterCurve curve = curves.get(meter.id());
      if (curve == null) {
        return OptionalLong.empty();
      }
      if (bad.containsKey(meter.id())) {
        known = Math.min(known, agentMillis);
      } else if (curve.lastMillis().isEmpty()) {
        return OptionalLong.empty();
      } else {
        known = Math.min(known, curve.lastMillis().get());
      }
    }
    return OptionalLong.of(known);
  }

  Map<String, RegisterCurve> curves() {
    return curves;
  }

  /** Returns the level of a meter's curve up to which energy is accounted. */
  long postedLevel(String meter) {
    Long level = postedLevels.get(meter);
    return level == null ? level(meter, Long.MIN_VALUE) : level;
  }

  /** Says that a meter's energy is accounted through a time that was closed. */
  void posted(String meter, long throughMillis) {
    postedLevels.put(meter, Math.max(postedLevel(meter), level(meter, throughMillis)));
    RegisterCurve curve = curves.get(meter);
    if (curve != null) {
      curve.forgetBefore(throughMillis);
    }
  }

  List<MeterState> states(PlantModel plant) {
    return plant.meters().stream().map(this::state).toList();
  }

  private MeterState state(PlantModel.Meter meter) {
    RegisterCurve curve = curves.get(meter.id());
    Long watts = power.get(meter.id());
    return new MeterState(
        meter,
        curve == null
            ? OptionalLong.empty()
            : curve.lastMillis().map(OptionalLong::of).orElseGet(OptionalLong::empty),
        curve == null ? Energy.ZERO : curve.register(),
        watts == null ? OptionalLong.empty() : OptionalLong.of(watts),
        bad.getOrDefault(meter.id(), ""),
        counts.getOrDefault(meter.id(), 0L),
        leaves.getOrDefault(meter.id(), -1L));
  }

  private long level(String meter, long millis) {
    RegisterCurve curve = curves.get(meter);
    return curve == null ? 0 : curve.level(millis);
  }
}
