package io.tracegram.ledger.account;

import io.tracegram.ledger.energy.Limits;
import io.tracegram.ledger.energy.MeterCurve;
import io.tracegram.ledger.energy.Origin;
import io.tracegram.ledger.energy.RegisterCurve;
import io.tracegram.ledger.energy.SampleOutcome;
import io.tracegram.ledger.energy.Slice;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The curves of a plant's registers, and the leaves of what is not accounted. Single-threaded. */
final class Registers {
  private static final int TOLERANCE_PERCENT = 10;

  private final Map<String, MeterCurve> imports = new LinkedHashMap<>();
  private final Map<String, MeterCurve> exports = new LinkedHashMap<>();
  private final Map<String, Long> resolutions;
  private final SortedMap<String, SortedMap<Long, Leaves>> unaccounted;

  /** Told of every reading that a curve did not simply accept. */
  interface Exceptions {
    void happened(SampleOutcome outcome, String meter, Reading reading);
  }

  /** Told of time in which figures may have changed. */
  interface Changes {
    void changed(long fromMillis, long toMillis);
  }

  /** The leaves of a register's readings in a quarter of an hour. */
  record Leaves(long first, long last) {
    static final Leaves NONE = new Leaves(-1, -1);

    Leaves and(Leaves other) {
      return first < 0
          ? other
          : other.first < 0
              ? this
              : new Leaves(Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  /** All of it. */
  record State(
      Map<String, MeterCurve.State> imports,
      Map<String, MeterCurve.State> exports,
      Map<String, Long> resolutions,
      SortedMap<String, SortedMap<Long, Leaves>> unaccounted) {}

  Registers(State state) {
    state.imports.forEach((meter, curve) -> imports.put(meter, new MeterCurve(curve)));
    state.exports.forEach((meter, curve) -> exports.put(meter, new MeterCurve(curve)));
    resolutions = state.resolutions;
    unaccounted = state.unaccounted;
  }

  static State empty() {
    return new State(Map.of(), Map.of(), new LinkedHashMap<>(), new TreeMap<>());
  }

  State state() {
    return new State(states(imports), states(exports), resolutions, unaccounted);
  }

  private static Map<String, MeterCurve.State> states(Map<String, MeterCurve> curves) {
    Map<String, MeterCurve.State> states = new LinkedHashMap<>();
    curves.forEach((meter, curve) -> states.put(meter, curve.state()));
    return states;
  }

  /** Makes room for a plant's registers; those that were there go on, within its limits. */
  void plan(PlantModel plant, Map<String, RegisterCurve.State> before) {
    for (Meter meter : plant.meters()) {
      imports.compute(
          meter.id(),
          (id, curve) -> {
            if (curve != null) {
              return curve.within(limits(meter));
            }
            RegisterCurve.State old = before.get(id);
            return old == null
                ? new MeterCurve(limits(meter))
                : MeterCurve.from(old, limits(meter));
          });
      if (meter.role() == Meter.Role.GRID_IMPORT || meter.role() == Meter.Role.STORAGE) {
        exports.compute(
            meter.id(),
            (id, curve) ->
                curve == null ? new MeterCurve(limits(meter)) : curve.within(limits(meter)));
      }
    }
  }

  private static Limits limits(Meter meter) {
    return new Limits(
        Math.min(meter.maxPowerWatts(), 1_000_000_000L),
        TOLERANCE_PERCENT,
        meter.maxGapMillis(),
        meter.modulus());
  }

  /** Books a series of a cumulative register; others change nothing. */
  void book(Series series, Origin origin, long leaf, Exceptions exceptions, Changes changes) {
    boolean export = series.register() == Register.ENERGY_EXPORT;
    MeterCurve curve = (export ? exports : imports).get(series.meter());
    if (curve == null || !series.register().cumulative()) {
      return;
    }
    resolutions.put(series.meter(), series.resolution());
    long noted = Long.MIN_VALUE;
    for (Reading reading : series.readings()) {
      SampleOutcome outcome =
          curve.add(reading.measuredMillis(), reading.value(), series.resolution(), origin);
      if (outcome != SampleOutcome.ACCEPTED) {
        exceptions.happened(outcome, series.meter(), reading);
      }
      long quarter = IntervalAccount.quarter(reading.measuredMillis());
      if (quarter != noted && outcome != SampleOutcome.DUPLICATE) {
        noted = quarter;
        note(series.meter(), export, quarter, leaf);
      }
    }
    tell(curve, changes);
  }

  private void note(String meter, boolean export, long quarter, long leaf) {
    unaccounted
        .computeIfAbsent(key(meter, export), key -> new TreeMap<>())
        .merge(quarter, new Leaves(leaf, leaf), Leaves::and);
  }

  private static String key(String meter, boolean export) {
    return export ? meter + " export" : meter;
  }

  static void tell(MeterCurve curve, Changes changes) {
    if (curve.changedFrom() < curve.changedTo()) {
      changes.changed(curve.changedFrom(), curve.changedTo());
    }
    curve.changesSeen();
  }

  Optional<MeterCurve> imported(String meter) {
    return Optional.ofNullable(imports.get(meter));
  }

  /** Returns what a meter's import register counted; nothing but missing time if it has none. */
  Slice slice(String meter, long from, long to) {
    return slice(imports.get(meter), from, to);
  }

  /** Returns what a meter's export register counted, and nothing if it was never read. */
  Slice exported(String meter, long from, long to) {
    return slice(exports.get(meter), from, to);
  }

  /** Says whether a meter's export register was ever read. */
  boolean exports(String meter) {
    MeterCurve curve = exports.get(meter);
    return curve != null && curve.newestMillis().isPresent();
  }

  private static Slice slice(@Nullable MeterCurve curve, long from, long to) {
    return curve == null ? new Slice(0, 0, 0, 0, 0, 0, 0, 0, to - from) : curve.slice(from, to);
  }

  long resolution(String meter) {
    return resolutions.getOrDefault(meter, 0L);
  }

  /** Returns the leaves of a register's readings in a quarter, and forgets them. */
  Leaves account(String meter, boolean export, long quarter) {
    SortedMap<Long, Leaves> leaves = unaccounted.get(key(meter, export));
    Leaves known = leaves == null ? null : leaves.remove(quarter);
    return known == null ? Leaves.NONE : known;
  }

  /**
   * Drops what cannot matter any more.
   *
   * @param thinMillis before which only levels at quarters and cuts are asked for
   * @param forgetMillis before which nothing is
   */
  void forget(long thinMillis, long forgetMillis, long[] cuts) {
    imports.values().forEach(curve -> curve.thinBefore(thinMillis, cuts));
    exports.values().forEach(curve -> curve.thinBefore(thinMillis, cuts));
    imports.values().forEach(curve -> curve.forgetBefore(forgetMillis));
    exports.values().forEach(curve -> curve.forgetBefore(forgetMillis));
    unaccounted.values().forEach(leaves -> leaves.headMap(forgetMillis).clear());
  }
}
