package io.tracegram.deploy.bench;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import io.tracegram.ledger.plant.Silo;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the leaves of a plant that pours lots into a silo, and draws lots. Single-threaded. */
final class SiloPlant {
  /** Scans of lots that are poured in, or drawn, in a quarter of an hour. */
  static final int LOTS = 250;

  private static final long KILOGRAM = 1_000_000;

  private final UnsignedLog log = new UnsignedLog(model(), LotsPlant.START);
  private long quarters;
  private long number;

  SiloPlant() {
    read();
  }

  UnsignedLog log() {
    return log;
  }

  /** Receives lots of 10 kg each, and pours them in. */
  void fill(int lots) {
    for (int i = 0; i < lots; i++) {
      long millis = millis(i % LOTS);
      String lot = "F" + number++;
      scan(millis + 1, "in", lot);
      weigh(millis + 2, 10 * KILOGRAM);
      scan(millis + 3, "fill", lot);
      if (i % LOTS == LOTS - 1 || i == lots - 1) {
        close();
      }
    }
  }

  /** Draws lots of 1 g each in a quarter of an hour, so that any silo has enough of it. */
  void draw() {
    for (int i = 0; i < LOTS; i++) {
      long millis = millis(i);
      scan(millis + 1, "draw", "D" + number++);
      weigh(millis + 2, KILOGRAM / 1_000);
    }
    close();
  }

  private long millis(int lot) {
    return LotsPlant.START + quarters * LotsPlant.QUARTER + lot * (LotsPlant.QUARTER / LOTS);
  }

  private void scan(long millis, String scanner, String lot) {
    log.tell(millis, new Body.Scan(scanner, millis, "Q3", "01" + LotsPlant.RAW + "10" + lot));
  }

  private void weigh(long millis, long milligrams) {
    log.tell(millis, new Body.Weight(LotsPlant.SCALE, millis, new Mass(milligrams)));
  }

  private void close() {
    quarters++;
    read();
    log.settle();
  }

  private void read() {
    long millis = millis(0);
    log.tell(millis, LotsPlant.readings(millis, quarters));
  }

  private static PlantModel model() {
    PlantModel plant = LotsPlant.model();
    List<Scanner> scanners = new ArrayList<>(plant.scanners());
    scanners.add(
        new Scanner("fill", "press", Scanner.Step.FILL, Optional.empty(), Optional.empty()));
    scanners.add(
        new Scanner(
            "draw", "press", Scanner.Step.DRAW, Optional.of(LotsPlant.SCALE), Optional.empty()));
    Silo silo =
        new Silo(
            "silo",
            "Silo",
            LotsPlant.RAW,
            "press",
            List.of(),
            Optional.empty(),
            List.of("fill", "draw"));
    return new PlantModel(
        plant.facility(),
        plant.name(),
        plant.operator(),
        plant.timeZone(),
        plant.simulated(),
        plant.agents(),
        plant.grid(),
        plant.carriers(),
        plant.workstations(),
        plant.meters(),
        plant.scales(),
        scanners,
        plant.materials(),
        plant.additions().withSilos(List.of(silo)));
  }
}
