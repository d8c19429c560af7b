package io.tracegram.deploy.bench;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.plant.PlantModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the leaves of a plant whose meters are read every minute and told every hour.
 * Single-threaded.
 */
final class ReplayPlant {
  static final long MINUTE = 60_000;
  static final int MINUTES = 60;

  private static final long START = 1_767_225_600_000L;
  private static final int METERS_PER_STATEMENT = 10;
  private static final long STEP = 27_777; // mWh in a minute: 1.7 kW
  private static final long HOURS_BETWEEN_GAPS = 30 * 24;

  private final int meters;
  private final UnsignedLog log;
  private long hours;

  /** Begins a log with its rules and plant. */
  ReplayPlant(int meters) {
    this.meters = meters;
    log = new UnsignedLog(model(), START);
    readings(0, 1);
  }

  /** Returns the leaves since the last call. */
  List<byte[]> take() {
    return log.take();
  }

  /** Lives through hours, told hour by hour. */
  void live(int count) {
    for (int i = 0; i < count; i++) {
      readings(hours * MINUTES + 1, MINUTES);
      hours++;
      settle();
    }
  }

  /**
   * Tells one reading of the last meter from an hour, at least so many days ago, that it missed.
   */
  void readLate(int days) {
    long gap = Math.floorDiv(hours - days * 24L, HOURS_BETWEEN_GAPS) * HOURS_BETWEEN_GAPS;
    long minute = gap * MINUTES + MINUTES / 2;
    long value = minute * STEP - 10 * STEP;
    tell(
        new Body.Readings(
            List.of(series(meters - 1, List.of(new Reading(START + minute * MINUTE, value))))));
  }

  /** Returns the accounts as the gateway has them. */
  FacilityLedger ledger() {
    return log.ledger();
  }

  /** Closes what can be closed, and logs the results. */
  void settle() {
    log.settle();
  }

  private void readings(long firstMinute, int count) {
    for (int meter = 0; meter < meters; meter += METERS_PER_STATEMENT) {
      List<Series> batch = new ArrayList<>();
      for (int i = meter; i < Math.min(meters, meter + METERS_PER_STATEMENT); i++) {
        // the main meter counts what those below it count, and a little more
        long step = i == 0 ? (meters - 1) * STEP + 1_000 : STEP;
        List<Reading> readings = new ArrayList<>(count);
        for (long minute = firstMinute; minute < firstMinute + count; minute++) {
          readings.add(new Reading(START + minute * MINUTE, minute * step));
        }
        if (i < meters - 1 || count == 1 || firstMinute / MINUTES % HOURS_BETWEEN_GAPS != 0) {
          batch.add(series(i, readings));
        }
      }
      if (!batch.isEmpty()) {
        tell(new Body.Readings(batch));
      }
    }
  }

  private static Series series(int meter, List<Reading> readings) {
    return new Series(meter(meter), Register.ENERGY_IMPORT, "", 1, readings);
  }

  private void tell(Body body) {
    log.tell(START + hours * MINUTES * MINUTE + MINUTES * MINUTE, body);
  }

  private PlantModel model() {
    List<PlantModel.Meter> all = new ArrayList<>();
    List<PlantModel.Workstation> stations = new ArrayList<>();
    for (int i = 0; i < meters; i++) {
      if (i > 0) {
        stations.add(new PlantModel.Workstation("station-" + i, "Station " + i));
      }
      all.add(
          new PlantModel.Meter(
              meter(i),
              "Meter " + i,
              i == 0 ? Optional.empty() : Optional.of(meter(0)),
              i == 0 ? PlantModel.Meter.Role.GRID_IMPORT : PlantModel.Meter.Role.CONSUMPTION,
              i == 0 ? Optional.empty() : Optional.of("station-" + i),
              "schneider/iem3155",
              "",
              "0.5",
              10_000_000));
    }
    return new PlantModel(
        BenchPlant.FACILITY,
        "Benchmark",
        "bench.example",
        "UTC",
        false,
        List.of("agent"),
        new EmissionFactor(
            "grid",
            new BigDecimal("0.2"),
            EmissionFactor.Unit.KWH,
            "bench",
            "generation",
            "AR5",
            "made up for the benchmark",
            "CC0"),
        stations,
        all,
        List.of(),
        List.of(),
        List.of());
  }

  private static String meter(int number) {
    return "meter-" + number;
  }
}
