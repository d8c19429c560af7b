package io.tracegram.deploy.bench;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Writes the leaves of a plant that receives, works and makes lots all day: each lot is received,
 * put into a press and comes out as another. Single-threaded.
 */
final class LotsPlant {
  /** Lots that are received, and as many that are made, in a quarter of an hour. */
  static final int PAIRS = 100;

  static final long START = 1_767_225_600_000L;
  static final long QUARTER = 900_000;
  static final String RAW = "09520000000011";
  private static final String PART = "09520000000028";
  static final String SCALE = "scale";
  private static final long MASS = 1_000_000;

  private final UnsignedLog log = new UnsignedLog(model(), START);
  private long quarters;
  private long number;

  LotsPlant() {
    read();
  }

  UnsignedLog log() {
    return log;
  }

  /** Lives through quarters of an hour, each closed with its lots. */
  void live(int count) {
    for (int i = 0; i < count; i++) {
      for (int pair = 0; pair < PAIRS; pair++) {
        long millis = START + quarters * QUARTER + pair * (QUARTER / PAIRS);
        String lot = Long.toString(number++);
        step(millis + 1, "in", RAW, lot);
        step(millis + 3, "feed", RAW, lot);
        step(millis + 5_000, "out", PART, lot);
      }
      quarters++;
      read();
      log.settle();
    }
  }

  private void step(long millis, String scanner, String gtin, String lot) {
    log.tell(millis, new Body.Scan(scanner, millis, "Q3", "01" + gtin + "10" + lot));
    log.tell(millis + 1, new Body.Weight(SCALE, millis + 1, new Mass(MASS)));
  }

  private void read() {
    long millis = START + quarters * QUARTER;
    log.tell(millis, readings(millis, quarters));
  }

  static Body.Readings readings(long millis, long quarters) {
    return new Body.Readings(
        List.of(
            series("main", millis, quarters * 30_000_000),
            series("press", millis, quarters * 20_000_000)));
  }

  private static Series series(String meter, long millis, long milliwattHours) {
    return new Series(
        meter, Register.ENERGY_IMPORT, "", 1, List.of(new Reading(millis, milliwattHours)));
  }

  static PlantModel model() {
    return new PlantModel(
        BenchPlant.FACILITY,
        "Benchmark",
        "bench.example",
        "UTC",
        false,
        List.of("agent"),
        factor("grid", EmissionFactor.Unit.KWH),
        List.of(new PlantModel.Workstation("press", "Press")),
        List.of(
            meter("main", Optional.empty(), PlantModel.Meter.Role.GRID_IMPORT, Optional.empty()),
            meter(
                "press",
                Optional.of("main"),
                PlantModel.Meter.Role.CONSUMPTION,
                Optional.of("press"))),
        List.of(SCALE),
        List.of(
            scanner("in", PlantModel.Scanner.Step.RECEIVE),
            scanner("feed", PlantModel.Scanner.Step.INPUT),
            scanner("out", PlantModel.Scanner.Step.OUTPUT)),
        List.of(
            new PlantModel.Material(RAW, "Raw", Optional.of(factor("raw", EmissionFactor.Unit.KG))),
            new PlantModel.Material(PART, "Part", Optional.empty())));
  }

  private static PlantModel.Meter meter(
      String id,
      Optional<String> parent,
      PlantModel.Meter.Role role,
      Optional<String> workstation) {
    return new PlantModel.Meter(
        id, id, parent, role, workstation, "schneider/iem3155", "", "0.5", 10_000_000);
  }

  private static PlantModel.Scanner scanner(String id, PlantModel.Scanner.Step step) {
    return new PlantModel.Scanner(id, "press", step, Optional.of(SCALE), Optional.empty());
  }

  private static EmissionFactor factor(String id, EmissionFactor.Unit unit) {
    return new EmissionFactor(
        id,
        new BigDecimal("0.2"),
        unit,
        "bench",
        "generation",
        "AR5",
        "made up for the benchmark",
        "CC0");
  }
}
