package io.tracegram.ledger.account;

import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.energy.Origin;
import io.tracegram.ledger.energy.RegisterCurve;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.lot.Presence;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Energy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The first edition: one grid meter, one factor, nothing restated. */
final class RulesOne implements EnergyRules {
  private final CurveExceptions exceptions;
  private final Map<String, RegisterCurve> curves = new LinkedHashMap<>();
  private final Map<String, Long> postedLevels;

  /** All of it; not copied. */
  record State(Map<String, RegisterCurve.State> curves, Map<String, Long> postedLevels) {}

  RulesOne(State state, CurveExceptions exceptions) {
    state.curves.forEach((meter, curve) -> curves.put(meter, new RegisterCurve(curve)));
    this.postedLevels = state.postedLevels;
    this.exceptions = exceptions;
  }

  static State empty() {
    return new State(Map.of(), new LinkedHashMap<>());
  }

  State state() {
    Map<String, RegisterCurve.State> states = new LinkedHashMap<>();
    curves.forEach((meter, curve) -> states.put(meter, curve.state()));
    return new State(states, postedLevels);
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void plan(PlantModel plant) {
    for (PlantModel.Meter meter : plant.meters()) {
      curves.computeIfAbsent(meter.id(), id -> new RegisterCurve(meter.maxPowerWatts()));
    }
  }

  @Override
  public void book(Series series, Origin origin, long leaf) {
    RegisterCurve curve = curves.get(series.meter());
    if (curve == null || series.register() != Register.ENERGY_IMPORT) {
      return; // power is informative; export was taken as evidence only
    }
    for (Reading reading : series.readings()) {
      RegisterCurve.Outcome outcome =
          curve.add(reading.measuredMillis(), reading.value(), series.resolution());
      exceptions.tell(leaf, outcome, series.meter(), reading);
    }
  }

  @Override
  public OptionalLong knownThrough(PlantModel plant, MeterBook meters, long agentMillis) {
    long known = Long.MAX_VALUE;
    for (PlantModel.Meter meter : plant.meters()) {
      RegisterCurve curve = curves.get(meter.id());
      if (curve == null) {
        return OptionalLong.empty();
      }
      if (meters.isBad(meter.id())) {
        known = Math.min(known, agentMillis);
      } else if (curve.lastMillis().isEmpty()) {
        return OptionalLong.empty();
      } else {
        known = Math.min(known, curve.lastMillis().get());
      }
    }
    return OptionalLong.of(known);
  }

  @Override
  public Result interval(PlantModel plant, long start, List<Presence> presences) {
    long end = start + IntervalAccount.LENGTH_MILLIS;
    CalculatorOne.Result result =
        CalculatorOne.interval(
            plant, start, curves, presences, postedLevel(plant.gridMeter().id()));
    plant.meters().forEach(meter -> posted(meter.id(), end));
    return new Result(new Account.OfInterval(version(), result.account()), result.imbalanced());
  }

  @Override
  public Newest newest(String meter) {
    RegisterCurve curve = curves.get(meter);
    return curve == null
        ? new Newest(OptionalLong.empty(), Energy.ZERO)
        : new Newest(
            curve.lastMillis().map(OptionalLong::of).orElseGet(OptionalLong::empty),
            curve.register());
  }

  private long postedLevel(String meter) {
    Long level = postedLevels.get(meter);
    return level == null ? level(meter, Long.MIN_VALUE) : level;
  }

  /** Says that a meter's energy is accounted through a time that was closed. */
  private void posted(String meter, long throughMillis) {
    postedLevels.put(meter, Math.max(postedLevel(meter), level(meter, throughMillis)));
    RegisterCurve curve = curves.get(meter);
    if (curve != null) {
      curve.forgetBefore(throughMillis);
    }
  }

  private long level(String meter, long millis) {
    RegisterCurve curve = curves.get(meter);
    return curve == null ? 0 : curve.level(millis);
  }
}
